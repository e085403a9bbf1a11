using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Host;

/// <summary>What a virtiofsd is and can do, asked once per file.</summary>
internal static partial class VirtiofsdProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly ConcurrentDictionary<string, VirtiofsdProgram> Known = new(StringComparer.Ordinal);

    /// <summary>Asks the program for its version, and for its options, which tell more than the version.</summary>
    /// <exception cref="HostRequirementException"><c>VirtiofsdNotUsable</c>: it does not run, does not answer in time, or is something else.</exception>
    public static VirtiofsdProgram Of(string path)
    {
        var key = QemuVersion.FileKey(path);
        if (Known.TryGetValue(key, out var known))
        {
            return known;
        }

        var version = Ask(path, "--version");
        var program = OnlyForRoot(version)
            ? new VirtiofsdProgram(path, VirtiofsdKind.C, VirtiofsdProgram.UnknownVersion)
            : Parse(path, Answer(path, "--version", version), Answer(path, "--help", Ask(path, "--help")));
        Known[key] = program;
        return program;
    }

    /// <summary>Reads what the program says of itself.</summary>
    internal static VirtiofsdProgram Parse(string path, string version, string help)
    {
        var match = VersionLine().Match(version);
        if (!match.Success)
        {
            throw Unusable(path, $"it does not print its version but '{OneLine.Of(version, 100)}'");
        }

        // Only the C kind says "virtiofsd version 7.2.22 (Debian ...)"; the Rust kind says "virtiofsd 1.13.2", and in its
        // first days "virtiofsd backend 1.1.0".
        var kind = match.Groups["word"].Value == "version" ? VirtiofsdKind.C : VirtiofsdKind.Rust;
        return new VirtiofsdProgram(path, kind, Version.Parse(match.Groups["number"].Value))
        {
            TranslatesIds = Has(help, "--translate-uid"),
            RefusesWrites = Has(help, "--readonly"),
            AnnouncesSubmounts = Has(help, "--no-announce-submounts"),
        };
    }

    private static bool Has(string help, string option) => help.Contains($" {option}", StringComparison.Ordinal);

    // The C kind of QEMU 6 and later drops its groups before it looks at its options, which only root may do. Nothing
    // else fails in these words.
    private static bool OnlyForRoot(BoundedCommand.Result version) =>
        version is { ExitCode: not 0 } && version.Error.StartsWith("setgroups() failed", StringComparison.Ordinal);

    private static BoundedCommand.Result Ask(string path, string question)
    {
        try
        {
            return new BoundedCommand(path, [question], Limit).Run();
        }
        catch (IOException e)
        {
            throw Unusable(path, e.Message);
        }
    }

    private static string Answer(string path, string question, BoundedCommand.Result result) =>
        result switch
        {
            { ExitCode: null } => throw Unusable(
                path,
                $"it did not answer to {question} within {Limit.TotalSeconds} s"
            ),
            { ExitCode: 0 } => result.Output,
            _ => throw Unusable(
                path,
                $"'{question}' ended with exit code {result.ExitCode}: {OneLine.Of(result.Error, 200)}"
            ),
        };

    private static HostRequirementException Unusable(string path, string reason) =>
        new(
            "VirtiofsdNotUsable",
            path,
            $"virtiofsd '{path}' cannot be used: {reason}.",
            "Reinstall virtiofsd, or put a working one first in PATH."
        );

    [GeneratedRegex(@"^virtiofsd (?:(?<word>version|backend) )?(?<number>[0-9]+\.[0-9]+(?:\.[0-9]+)?)")]
    private static partial Regex VersionLine();
}
