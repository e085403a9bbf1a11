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

    /// <summary>Reads a file or device, a FIFO, or what a UNIX stream socket sends, to its end.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="limit">Most bytes that are read.</param>
    /// <param name="patience">How long all of it may take.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller may not read it.</exception>
    /// <exception cref="TimeoutException">It has not ended in that time.</exception>
    byte[] ReadSource(string path, int limit, TimeSpan patience, CancellationToken cancellationToken) =>
        SmallFile.Read(this, path, limit);
}
