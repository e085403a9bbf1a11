using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Qemu;

/// <summary>
/// QEMU's own locks on image files: byte 100+N is locked by who uses permission N, byte 200+N by who grants it to
/// nobody else (QEMU, <c>block/file-posix.c</c>, "RAW_LOCK_PERM_BASE" and "RAW_LOCK_SHARED_BASE").
/// </summary>
internal static class QemuImageLock
{
    private const int PermissionBase = 100;
    private const int ExclusionBase = 200;
    private const int ConsistentRead = 0;
    private const int Write = 1;
    private const int Resize = 3;

    /// <summary>True if another QEMU has the image open in a way that excludes a new user.</summary>
    /// <param name="path">The image; what cannot be read is not held, but fails elsewhere.</param>
    /// <param name="forWriting">Whether the new user writes.</param>
    public static bool IsHeldAgainst(string path, bool forWriting)
    {
        using var file = NativeFile.TryOpen(path, NativeFile.ReadOnly);
        if (file is null)
        {
            return false;
        }

        // A disk may be neither written nor resized by others while it is in use, whether it is read-only or not.
        ReadOnlySpan<int> excluding = forWriting
            ? [PermissionBase + Write, PermissionBase + Resize, ExclusionBase + ConsistentRead, ExclusionBase + Write]
            : [PermissionBase + Write, PermissionBase + Resize, ExclusionBase + ConsistentRead];
        foreach (var offset in excluding)
        {
            if (FileLock.IsByteHeld(file, offset))
            {
                return true;
            }
        }

        return false;
    }
}
