using System.Runtime.InteropServices;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Native;

/// <summary>
/// Whole-file locks that belong to the open file, not to the process (flock(2)): every heir of the descriptor holds
/// the lock, and the kernel frees it when the last one is closed, however that comes about.
/// </summary>
internal static class FileLock
{
    private const int Shared = 1;
    private const int Exclusive = 2;
    private const int NonBlocking = 4;
    private const int Unlock = 8;
    private const int GetOpenFileLock = 36; // F_OFD_GETLK, fcntl(2)
    private const short WriteLock = 1; // F_WRLCK
    private const short NoLock = 2; // F_UNLCK

    /// <summary>Takes the lock unless another holder excludes it.</summary>
    public static bool TryTake(FileDescriptor file, bool exclusive)
    {
        if (LibC.flock(file, (exclusive ? Exclusive : Shared) | NonBlocking) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() == Errno.TryAgain ? false : throw SystemCallException.Last("lock a file");
    }

    /// <summary>True if another open file has any record lock on one byte; takes none.</summary>
    public static unsafe bool IsByteHeld(FileDescriptor file, long offset)
    {
        var range = new LockRange
        {
            Type = WriteLock,
            Start = offset,
            Length = 1,
        };
        return LibC.fcntl(file, GetOpenFileLock, (nint)(&range)) == 0 && range.Type != NoLock;
    }

    /// <summary>Gives the lock back, also for all heirs of the descriptor.</summary>
    public static void Release(FileDescriptor file) => _ = LibC.flock(file, Unlock);

    /// <summary><c>struct flock</c> of 64-bit machines.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct LockRange
    {
        public short Type;
        public short Whence;
        public long Start;
        public long Length;
        public int Process;
    }
}
