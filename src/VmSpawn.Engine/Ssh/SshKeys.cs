using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Ssh;

/// <summary>Makes SSH keys and reads them.</summary>
/// <param name="host">Where <c>ssh-keygen</c> is.</param>
public sealed class SshKeys(IHost host)
{
    /// <summary>Makes a key without a passphrase. Nothing is ever overwritten.</summary>
    /// <exception cref="VmSpawnException">
    /// <c>SshKeyExists</c>, <c>SshKeygenNotFound</c>, <c>SshKeyNotMade</c>, <c>InvalidBits</c>, <c>InvalidComment</c>.
    /// </exception>
    public SshKeyFile Make(SshKeyRequest request)
    {
        request.Check();
        var program = SshKeygen.Find(host);
        var path = request.Path?.Value ?? new SshKeyStore(host.RuntimeRoot).NewPath(request.Type);
        foreach (var file in (string[])[path, $"{path}.pub"])
        {
            if (FileStatus.TryGet(file, followLink: false) is not null)
            {
                throw new VmSpawnException(
                    "SshKeyExists",
                    VmErrorKind.Busy,
                    $"'{file}' exists already, and keys are not overwritten.",
                    file,
                    "Choose another path, or remove the old key with Remove-Item if nothing needs it any more."
                );
            }
        }

        program.Make(path, request);
        return Read(program, path);
    }

    /// <summary>Reads a key.</summary>
    /// <param name="path">Absolute path of its private half.</param>
    /// <exception cref="VmSpawnException"><c>SshKeyNotFound</c>, <c>SshKeygenNotFound</c>, <c>SshKeyNotUsable</c>.</exception>
    public SshKeyFile Read(string path) => Read(SshKeygen.Find(host), path);

    private static SshKeyFile Read(SshKeygen program, string path)
    {
        if (FileStatus.TryGet(path) is null)
        {
            throw new VmSpawnException(
                "SshKeyNotFound",
                VmErrorKind.NotFound,
                $"There is no SSH key at '{path}'.",
                path,
                "Check the path, or make a key there with New-VmSshKey -Path."
            );
        }

        return program.Describe(path, program.ReadPublicKey(path));
    }
}
