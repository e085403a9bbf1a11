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

    /// <summary>Takes the lock unless another holder excludes it.</summary>
    public static bool TryTake(FileDescriptor file, bool exclusive)
    {
        if (LibC.flock(file, (exclusive ? Exclusive : Shared) | NonBlocking) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() == Errno.TryAgain ? false : throw SystemCallException.Last("lock a file");
    }

    /// <summary>Gives the lock back, also for all heirs of the descriptor.</summary>
    public static void Release(FileDescriptor file) => _ = LibC.flock(file, Unlock);
}
