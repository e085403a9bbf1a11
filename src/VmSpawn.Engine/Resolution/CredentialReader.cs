using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>
/// Reads the credentials of a description that come from files, FIFOs, sockets and from what this process was given. A
/// FIFO or socket gives its bytes once: what was read can be resolved as often as needed.
/// </summary>
/// <param name="host">Where they are.</param>
public sealed class CredentialReader(IHost host)
{
    /// <summary>The same description with the bytes of every credential.</summary>
    /// <param name="configuration">The description.</param>
    /// <param name="cancellationToken">Gives up waiting for a FIFO or socket.</param>
    /// <exception cref="VmSpawnException">One cannot be read, or is too large, see <see cref="CredentialSource"/>.</exception>
    public VmConfiguration Read(VmConfiguration configuration, CancellationToken cancellationToken = default) =>
        configuration with
        {
            Credentials = [.. configuration.Credentials.Select(credential => Read(credential, cancellationToken))],
        };

    private CredentialSpec Read(CredentialSpec credential, CancellationToken cancellationToken) =>
        credential.Content is not null
            ? CredentialSource.Check(credential)
            : CredentialSpec.FromBytes(
                credential.Id,
                CredentialSource.Read(host.Files, credential.Id, PathOf(credential), cancellationToken)
            );

    // A source without a slash is a credential of this process (systemd.exec(5), CREDENTIALS_DIRECTORY).
    private string PathOf(CredentialSpec credential)
    {
        var source = credential.Source!;
        if (source.StartsWith('/'))
        {
            return source;
        }

        var directory = host.GetEnvironmentVariable("CREDENTIALS_DIRECTORY");
        return directory?.StartsWith('/') == true && !directory.Split('/').Any(part => part is "." or "..")
            ? $"{directory.TrimEnd('/')}/{source}"
            : throw new VmSpawnException(
                "CredentialNotAvailable",
                VmErrorKind.NotFound,
                $"The credential '{credential.Id}' is not available: no credentials were passed to this process.",
                credential.Id.Value,
                "Name a file by an absolute path, or by a relative one with a slash in it."
            );
    }
}
