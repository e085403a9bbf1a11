namespace VmSpawn.Engine.Host;

/// <summary>The file system as resolution sees it: reading only.</summary>
public interface IHostFiles : IFileTree
{
    /// <summary>True if the caller may open the file for writing.</summary>
    bool CanWrite(string path);

    /// <summary>
    /// True if another process holds QEMU's own lock on the image in a way that excludes a new user
    /// (open-file-description locks on bytes 100 to 299, QEMU's <c>block/file-posix.c</c> documentation).
    /// </summary>
    bool IsLockedByQemu(string path, bool forWriting);
}
