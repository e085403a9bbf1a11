using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Native;

/// <summary>pipe2(2).</summary>
internal static unsafe class Pipe
{
    private const int CloseOnExec = 0x80000; // O_CLOEXEC

    /// <summary>A pipe; its reading end does not wait.</summary>
    public static (FileDescriptor Reader, FileDescriptor Writer) Create()
    {
        var numbers = stackalloc int[2];
        if (LibC.pipe2(numbers, CloseOnExec) != 0)
        {
            throw SystemCallException.Last("make a pipe");
        }

        var (reader, writer) = (new FileDescriptor(numbers[0]), new FileDescriptor(numbers[1]));
        reader.SetNonBlocking();
        return (reader, writer);
    }
}
