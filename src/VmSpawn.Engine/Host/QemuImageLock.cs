using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Host;

/// <summary>
/// QEMU's own locks on an image. For each permission that a QEMU uses it holds a shared lock on byte
/// 100 + permission, for each one that it does not grant to others on byte 200 + permission
/// (QEMU, "image locking" in <c>docs/system/qemu-block-drivers</c> and <c>block/file-posix.c</c>).
/// </summary>
internal static class QemuImageLock
{
    private const long UsedBase = 100;
    private const long DeniedBase = 200;
    private const int ConsistentRead = 0;
    private const int Write = 1;
    private const int Resize = 3;

    /// <summary>What a disk of a guest uses, and what it denies to others, when it is attached writable.</summary>
    private static readonly int[] WriterUses = [ConsistentRead, Write, Resize];

    private static readonly int[] ReaderUses = [ConsistentRead];

    /// <summary>A disk without <c>share-rw=on</c> never tolerates another writer, even if it only reads.</summary>
    private static readonly int[] Denies = [Write, Resize];

    /// <summary>
    /// True if a QEMU that holds the image would make a new user of it fail. False also if the image cannot be
    /// opened or its file system knows no such locks: then nothing is known, and QEMU itself will say so.
    /// </summary>
    public static bool Conflicts(string path, bool forWriting)
    {
        try
        {
            using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            return (forWriting ? WriterUses : ReaderUses).Any(permission => Held(DeniedBase + permission))
                || Denies.Any(permission => Held(UsedBase + permission));

            bool Held(long position) => ByteRangeLock.IsHeldByAnother(file, position, 1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }
}
