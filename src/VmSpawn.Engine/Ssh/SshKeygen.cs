using System.Globalization;
using System.Text.RegularExpressions;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Ssh;

/// <summary>The program <c>ssh-keygen</c>.</summary>
/// <param name="Program">Its absolute path.</param>
internal sealed partial record SshKeygen(string Program)
{
    // Large RSA keys take seconds, a minute on a slow machine.
    private static readonly TimeSpan MakeTime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LookTime = TimeSpan.FromSeconds(10);
    private const int WordsLimit = 300;

    /// <summary>The one of this host.</summary>
    /// <exception cref="HostRequirementException"><c>SshKeygenNotFound</c>.</exception>
    public static SshKeygen Find(IHost host) =>
        new(
            host.FindExecutable("ssh-keygen")
                ?? throw new HostRequirementException(
                    "SshKeygenNotFound",
                    "ssh-keygen",
                    "An SSH key was asked for, but there is no ssh-keygen in PATH.",
                    "Install it: apt install openssh-client, dnf install openssh, or pacman -S openssh; or say -PassSshKey no."
                )
        );

    /// <summary>Makes a key without a passphrase: the private half at the path, the public one beside it.</summary>
    /// <exception cref="VmSpawnException"><c>SshKeyNotMade</c>: with the program's own words.</exception>
    public void Make(string path, SshKeyRequest request)
    {
        string[] size = request.Bits is { } bits ? ["-b", $"{bits}"] : [];
        string[] arguments = ["-q", "-t", request.Type, .. size, "-N", "", "-C", request.Comment, "-f", path];
        var result = Run(arguments, MakeTime);
        if (result.ExitCode != 0)
        {
            throw new VmSpawnException(
                "SshKeyNotMade",
                VmErrorKind.Failed,
                $"ssh-keygen has not made an SSH key of type '{request.Type}' at '{path}': {Words(result)}",
                path,
                "Use a type that this ssh-keygen knows, such as ed25519, and a directory that you may write to."
            );
        }
    }

    /// <summary>The public half of a private key: from that itself, or, where it has a passphrase, from the file beside it.</summary>
    /// <exception cref="VmSpawnException"><c>SshKeyNotUsable</c>: with the program's own words.</exception>
    public string ReadPublicKey(string path)
    {
        var result = Run(["-y", "-P", "", "-f", path], LookTime);
        if (result.ExitCode == 0 && result.Output.Trim() is { Length: > 0 } line && !line.Contains('\n'))
        {
            return line;
        }

        var beside = $"{path}.pub";
        return PublicKeyLine.TryRead(beside)
            ?? throw new VmSpawnException(
                "SshKeyNotUsable",
                VmErrorKind.InvalidData,
                $"'{path}' is no private SSH key that can be used: {Words(result)}",
                path,
                "Name the private half of a key, readable by you alone (chmod 600); one with a passphrase needs its public half beside it, in a file of the same name and '.pub'."
            );
    }

    /// <summary>What a key is like.</summary>
    public SshKeyFile Describe(string path, string publicKey)
    {
        var result = Run(["-l", "-f", "-"], LookTime, publicKey + "\n");
        var match = Description().Match(result.Output);
        return result.ExitCode == 0 && match.Success
            ? new SshKeyFile(
                match.Groups["type"].Value.ToLowerInvariant(),
                int.Parse(match.Groups["bits"].Value, CultureInfo.InvariantCulture),
                path,
                publicKey,
                match.Groups["print"].Value
            )
            : throw new VmSpawnException(
                "SshKeyNotUsable",
                VmErrorKind.InvalidData,
                $"ssh-keygen does not know the key at '{path}': {Words(result)}",
                path,
                "Make one with New-VmSshKey."
            );
    }

    // 256 SHA256:w+3K... a comment (ED25519)
    [GeneratedRegex(
        @"^(?<bits>\d{1,6}) (?<print>SHA256:\S+) .*\((?<type>[A-Za-z0-9-]+)\)\s*$",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Description();

    private BoundedCommand.Result Run(IReadOnlyList<string> arguments, TimeSpan limit, string input = "")
    {
        try
        {
            return new BoundedCommand(Program, arguments, limit) { Input = input }.Run();
        }
        catch (IOException e)
        {
            throw new VmSpawnException(
                "SshKeygenNotUsable",
                VmErrorKind.HostRequirement,
                $"ssh-keygen does not run: {e.Message}",
                Program,
                "Install openssh-client (Debian) or openssh (Fedora, Arch) again.",
                e
            );
        }
    }

    private static string Words(BoundedCommand.Result result) =>
        result.ExitCode is null ? "it has not come to an end."
        : OneLine.Of(result.Error, WordsLimit) is { Length: > 0 } words ? words
        : $"it ended with {result.ExitCode}.";
}
