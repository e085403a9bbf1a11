using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace VmSpawn.Engine.Native;

/// <summary>Open-file-description locks (fcntl(2)), which QEMU uses to protect images.</summary>
internal static partial class ByteRangeLock
{
    private const int GetOfdLock = 36;
    private const short WriteLock = 1;
    private const short Unlocked = 2;

    /// <summary>True if any other open file description holds a lock, shared or exclusive, on a byte of the range.</summary>
    /// <exception cref="IOException">The file system does not answer, for example because it knows no such locks.</exception>
    public static bool IsHeldByAnother(SafeFileHandle file, long start, long length)
    {
        int result;
        RangeQuestion question;
        do
        {
            // Asking for an exclusive lock conflicts with every lock there may be; F_OFD_GETLK, unlike setting the
            // lock, needs no descriptor that is open for writing.
            question = new RangeQuestion
            {
                Type = WriteLock,
                Start = start,
                Length = length,
            };
            result = Fcntl(file, GetOfdLock, ref question);
        } while (result != 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);

        if (result != 0)
        {
            throw new IOException(Marshal.GetLastPInvokeErrorMessage());
        }

        return question.Type != Unlocked;
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Fcntl(SafeFileHandle file, int command, ref RangeQuestion question);

    /// <summary>struct flock of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct RangeQuestion
    {
        public short Type;
        public short Whence;
        public long Start;
        public long Length;
        public int ProcessId;
    }
}
