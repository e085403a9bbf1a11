using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace VmSpawn.Engine.Native;

/// <summary>The end of an open file or block device, for which the file status says 0.</summary>
internal static partial class FileEnd
{
    private const int SeekEnd = 2;

    /// <summary>Offset of the end in bytes.</summary>
    /// <exception cref="IOException">It has no end, as a pipe has none.</exception>
    public static long Find(SafeFileHandle file)
    {
        var end = Lseek(file, 0, SeekEnd);
        return end >= 0 ? end : throw new IOException(Marshal.GetLastPInvokeErrorMessage());
    }

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    private static partial long Lseek(SafeFileHandle file, long offset, int whence);
}
