using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Host;

/// <summary>The file system of this machine.</summary>
public sealed class LinuxHostFiles : IHostFiles
{
    private const int NameTooLong = 36; // ENAMETOOLONG
    private const int TooManyLinks = 40; // ELOOP

    /// <inheritdoc/>
    public FileKind GetKind(string path) =>
        Status(path, out var status) switch
        {
            0 => status switch
            {
                { IsRegularFile: true } => FileKind.Regular,
                { IsDirectory: true } => FileKind.Directory,
                { IsBlockDevice: true } => FileKind.BlockDevice,
                { IsCharacterDevice: true } => FileKind.CharacterDevice,
                _ => FileKind.Other,
            },
            Errno.NoEntry or Errno.NotDirectory or NameTooLong or TooManyLinks => FileKind.Missing,
            // EACCES above all; also a stale network mount or an I/O error: something may be there.
            _ => FileKind.Inaccessible,
        };

    /// <inheritdoc/>
    public bool CanRead(string path) => FileAccessCheck.Allows(path, FileAccessCheck.Read);

    /// <inheritdoc/>
    public bool CanWrite(string path) => FileAccessCheck.Allows(path, FileAccessCheck.Write);

    /// <inheritdoc/>
    public long GetLength(string path)
    {
        if (Status(path, out var status) == 0 && status.IsRegularFile)
        {
            return status.Length;
        }

        using var handle = File.OpenHandle(Readable(path), share: FileShare.ReadWrite | FileShare.Delete);
        return FileEnd.Find(handle);
    }

    /// <inheritdoc/>
    /// <remarks>No lock is taken (other than .NET's default), so that a running VM is not disturbed.</remarks>
    public Stream OpenRead(string path) =>
        new FileStream(
            Readable(path),
            new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.ReadWrite | FileShare.Delete,
                BufferSize = 0,
            }
        );

    /// <inheritdoc/>
    public IEnumerable<string> EnumerateNames(string directory)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(directory).Select(Path.GetFileName).OfType<string>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }

    /// <inheritdoc/>
    public string? ReadLink(string path)
    {
        // Most paths are no links, and this is the cheapest way to find out.
        if (
            path.Length == 0
            || path.Contains('\0')
            || FileStatus.TryGet(path, followLink: false) is not { IsSymbolicLink: true }
        )
        {
            return null;
        }

        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public (ulong Device, ulong Inode)? GetIdentity(string path) =>
        Status(path, out var status) == 0 ? (status.Device, status.Inode) : null;

    /// <inheritdoc/>
    public bool IsLockedByQemu(string path, bool forWriting) => QemuImageLock.Conflicts(path, forWriting);

    /// <inheritdoc/>
    public byte[] ReadSource(string path, int limit, TimeSpan patience, CancellationToken cancellationToken) =>
        BoundedSource.Read(path, limit, patience, cancellationToken);

    private static int Status(string path, out FileStatus status)
    {
        if (path.Length == 0 || path.Contains('\0'))
        {
            status = default;
            return Errno.NoEntry;
        }

        return FileStatus.Read(path, followLink: true, out status);
    }

    /// <summary>Refuses what would block on opening (a FIFO) or can never be read as a file.</summary>
    private string Readable(string path) =>
        GetKind(path) switch
        {
            FileKind.Regular or FileKind.BlockDevice or FileKind.CharacterDevice => path,
            FileKind.Missing => throw new FileNotFoundException($"'{path}' does not exist.", path),
            FileKind.Inaccessible => throw new UnauthorizedAccessException($"Access to '{path}' is denied."),
            FileKind.Directory => throw new IOException($"'{path}' is a directory."),
            _ => throw new IOException($"'{path}' is neither a regular file nor a device."),
        };
}
