namespace VmSpawn.Engine.Host;

/// <summary>The file system as resolution sees it: reading only.</summary>
public interface IHostFiles
{
    /// <summary>What the path names, following symbolic links.</summary>
    FileKind GetKind(string path);

    /// <summary>True if the caller may open the file for reading.</summary>
    bool CanRead(string path);

    /// <summary>True if the caller may open the file for writing.</summary>
    bool CanWrite(string path);

    /// <summary>Length in bytes of a regular file or block device.</summary>
    long GetLength(string path);

    /// <summary>Opens a file for reading, seekable where the file is.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller may not.</exception>
    Stream OpenRead(string path);

    /// <summary>Names (not paths) in a directory, unsorted, or nothing if it cannot be listed.</summary>
    IEnumerable<string> EnumerateNames(string directory);

    /// <summary>Target text of a symbolic link, or <see langword="null"/> if the path is not one.</summary>
    string? ReadLink(string path);

    /// <summary>Device and inode of the file, or <see langword="null"/>.</summary>
    (ulong Device, ulong Inode)? GetIdentity(string path);

    /// <summary>
    /// True if another process holds QEMU's own lock on the image in a way that excludes a new user
    /// (open-file-description locks on bytes 100 to 299, QEMU's <c>block/file-posix.c</c> documentation).
    /// </summary>
    bool IsLockedByQemu(string path, bool forWriting);
}
