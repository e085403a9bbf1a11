namespace VmSpawn.Engine.Host;

/// <summary>Files below one root that are only read: those of this machine, or those inside a disk image.</summary>
public interface IFileTree
{
    /// <summary>What the path names, following symbolic links.</summary>
    FileKind GetKind(string path);

    /// <summary>True if the caller may open the file, or list the directory.</summary>
    bool CanRead(string path);

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
}
