using System.Collections.Immutable;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>Reads the bytes of credentials: from a file, a FIFO or a UNIX stream socket, exactly as they are.</summary>
public static class CredentialSource
{
    /// <summary>The most that the credentials of a guest have together, in bytes: systemd takes 1 MiB (systemd.exec(5)).</summary>
    public const int LargestContent = 1 << 20;

    /// <summary>How long a FIFO or socket may take to come to its end.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Reads one.</summary>
    /// <param name="files">Where the path is.</param>
    /// <param name="id">The credential that it is read for.</param>
    /// <param name="path">Absolute path.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="VmSpawnException">
    /// It cannot be read (<c>CredentialNotReadable</c>), has more than <see cref="LargestContent"/> bytes
    /// (<c>CredentialTooLarge</c>), or does not end in <see cref="Patience"/> (<c>CredentialTimeout</c>).
    /// </exception>
    public static ImmutableArray<byte> Read(
        IHostFiles files,
        CredentialId id,
        string path,
        CancellationToken cancellationToken = default
    ) => Read(files, id, path, Patience, cancellationToken);

    /// <summary>As before, with another patience.</summary>
    internal static ImmutableArray<byte> Read(
        IHostFiles files,
        CredentialId id,
        string path,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var content = files.ReadSource(path, LargestContent + 1, patience, cancellationToken);
            return content.Length <= LargestContent ? [.. content] : throw TooLarge(id);
        }
        catch (TimeoutException e)
        {
            throw new VmSpawnException(
                "CredentialTimeout",
                VmErrorKind.Timeout,
                $"The credential '{id}' could not be read from '{path}' within {patience.TotalSeconds} seconds: nobody writes there, or does not come to an end.",
                id.Value,
                "Start what writes into the FIFO or serves the socket first, and let it close its end.",
                e
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SystemCallException)
        {
            throw new VmSpawnException(
                "CredentialNotReadable",
                e switch
                {
                    UnauthorizedAccessException => VmErrorKind.PermissionDenied,
                    FileNotFoundException => VmErrorKind.NotFound,
                    _ => VmErrorKind.InvalidData,
                },
                $"The credential '{id}' cannot be read from '{path}': {e.Message}",
                id.Value,
                "Name a file, a FIFO or a UNIX stream socket on which somebody listens, and check its permissions.",
                e
            );
        }
    }

    /// <summary>Refuses a credential of more bytes than a guest takes; else gives it back.</summary>
    /// <exception cref="VmSpawnException">They are more than <see cref="LargestContent"/> (<c>CredentialTooLarge</c>).</exception>
    public static CredentialSpec Check(CredentialSpec credential) =>
        credential.Content is not { Length: > LargestContent } ? credential : throw TooLarge(credential.Id);

    private static VmSpawnException TooLarge(CredentialId id) =>
        new(
            "CredentialTooLarge",
            VmErrorKind.InvalidData,
            $"The credential '{id}' is larger than {LargestContent} bytes, which is all that a guest takes.",
            id.Value,
            "Hand the data over in a directory (-Bind) or on a drive (-ExtraDrive)."
        );
}
