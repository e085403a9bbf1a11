using System.Runtime.InteropServices;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Native;

/// <summary>What the kernel knows of a file (statx(2)).</summary>
/// <param name="Device">Device it is on.</param>
/// <param name="Inode">Its number there.</param>
/// <param name="Mode">Type and permission bits.</param>
/// <param name="Owner">User id of its owner.</param>
/// <param name="Length">Length in bytes.</param>
/// <param name="NodeDevice">The device a device node stands for.</param>
internal readonly record struct FileStatus(
    ulong Device,
    ulong Inode,
    ushort Mode,
    uint Owner,
    long Length,
    ulong NodeDevice
)
{
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const int EmptyPath = 0x1000; // AT_EMPTY_PATH
    private const uint BasicStats = 0x7ff; // STATX_BASIC_STATS
    private const int StructureSize = 256;

    /// <summary>True for a socket.</summary>
    public bool IsSocket => (Mode & 0xF000) == 0xC000;

    /// <summary>True for a directory.</summary>
    public bool IsDirectory => (Mode & 0xF000) == 0x4000;

    /// <summary>True for a block device.</summary>
    public bool IsBlockDevice => (Mode & 0xF000) == 0x6000;

    /// <summary>Status of a path, or <see langword="null"/> if it is not there or cannot be reached.</summary>
    public static unsafe FileStatus? TryGet(string path, bool followLink = true)
    {
        fixed (byte* name = NativePath.Encode(path))
        {
            var bytes = stackalloc byte[StructureSize];
            return LibC.statx(CurrentDirectory, name, followLink ? 0 : NoFollow, BasicStats, bytes) == 0
                ? Parse(new ReadOnlySpan<byte>(bytes, StructureSize))
                : null;
        }
    }

    /// <summary>Status of an open file.</summary>
    public static unsafe FileStatus Get(FileDescriptor file)
    {
        byte empty = 0;
        var bytes = stackalloc byte[StructureSize];
        return LibC.statx(file.Number, &empty, EmptyPath, BasicStats, bytes) == 0
            ? Parse(new ReadOnlySpan<byte>(bytes, StructureSize))
            : throw SystemCallException.Last("look at an open file");
    }

    /// <summary>True if both are one and the same file.</summary>
    public bool IsSameFile(FileStatus other) => Device == other.Device && Inode == other.Inode;

    // Offsets of struct statx, the same on every architecture (uapi/linux/stat.h).
    private static FileStatus Parse(ReadOnlySpan<byte> bytes) =>
        new(
            Pair(bytes[136..]),
            MemoryMarshal.Read<ulong>(bytes[32..]),
            MemoryMarshal.Read<ushort>(bytes[28..]),
            MemoryMarshal.Read<uint>(bytes[20..]),
            MemoryMarshal.Read<long>(bytes[40..]),
            Pair(bytes[128..])
        );

    private static ulong Pair(ReadOnlySpan<byte> bytes) =>
        ((ulong)MemoryMarshal.Read<uint>(bytes) << 32) | MemoryMarshal.Read<uint>(bytes[4..]);
}
