using System.Runtime.InteropServices;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Native;

/// <summary>Copies between open files inside the kernel (sendfile(2)).</summary>
internal static unsafe class FileCopy
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Copies from where both files stand.</summary>
    /// <returns>Bytes copied, at most <paramref name="limit"/>; 0 at the end.</returns>
    public static int Piece(FileDescriptor input, FileDescriptor output, int limit)
    {
        while (true)
        {
            var count = LibC.sendfile(output, input, null, (nuint)limit);
            if (count >= 0)
            {
                return (int)count;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Errno.Interrupted:
                    continue;
                case Errno.Invalid:
                    // Some file systems cannot.
                    return PieceByBuffer(input, output);
                default:
                    throw SystemCallException.Last("copy a file");
            }
        }
    }

    private static int PieceByBuffer(FileDescriptor input, FileDescriptor output)
    {
        var buffer = new byte[BufferSize];
        var count = input.Read(buffer);
        output.WriteAll(buffer.AsSpan(0, Math.Max(0, count)));
        return count;
    }
}
