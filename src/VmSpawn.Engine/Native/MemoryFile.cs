using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Native;

/// <summary>A file without a name, for handing bytes to a child; nobody else can open it.</summary>
internal static unsafe class MemoryFile
{
    private const uint CloseOnExec = 1; // MFD_CLOEXEC, memfd_create(2)
    private const uint AllowSealing = 2; // MFD_ALLOW_SEALING
    private const int AddSeals = 1033; // F_ADD_SEALS, fcntl(2)
    private const int AllSeals = 0xF; // no more seals, no shrinking, growing or writing

    /// <summary>A file with these bytes that nobody can change any more.</summary>
    public static FileDescriptor Create(string label, ReadOnlySpan<byte> content)
    {
        var file = CreateWritable(label);
        try
        {
            file.WriteAll(content);
            return LibC.fcntl(file, AddSeals, AllSeals) == 0
                ? file
                : throw SystemCallException.Last("seal a memory file");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>An empty file for a child to write to.</summary>
    public static FileDescriptor CreateWritable(string label)
    {
        fixed (byte* name = NativePath.Encode(label))
        {
            var number = LibC.memfd_create(name, CloseOnExec | AllowSealing);
            return number < 0 ? throw SystemCallException.Last("make a memory file") : new FileDescriptor(number);
        }
    }

    /// <summary>The bytes of such a file, wherever its offset stands.</summary>
    public static byte[] Read(FileDescriptor file)
    {
        var content = new byte[FileStatus.Get(file).Length];
        var length = 0;
        for (int count; length < content.Length && (count = file.ReadAt(content.AsSpan(length), length)) > 0; )
        {
            length += count;
        }

        return content;
    }
}
