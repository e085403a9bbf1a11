using System.Runtime.InteropServices;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Native;

/// <summary>What the kernel knows of a file (statx(2)).</summary>
internal readonly record struct FileStatus
{
    private const uint TypeMask = 0xf000; // S_IFMT, inode(7)
    private const uint CharacterDevice = 0x2000; // S_IFCHR
    private const uint Directory = 0x4000; // S_IFDIR
    private const uint BlockDevice = 0x6000; // S_IFBLK
    private const uint RegularFile = 0x8000; // S_IFREG
    private const uint SymbolicLink = 0xa000; // S_IFLNK
    private const uint Socket = 0xc000; // S_IFSOCK

    private const int CurrentDirectory = -100; // AT_FDCWD
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const int EmptyPath = 0x1000; // AT_EMPTY_PATH
    private const uint BasicStats = 0x7ff; // STATX_BASIC_STATS
    private const int StructureSize = 256;

    /// <summary>The device that holds it: major number in the upper half, minor in the lower.</summary>
    public ulong Device { get; private init; }

    /// <summary>Its number on that device.</summary>
    public ulong Inode { get; private init; }

    /// <summary>Type and permission bits.</summary>
    public uint Mode { get; private init; }

    /// <summary>User id of its owner.</summary>
    public uint Owner { get; private init; }

    /// <summary>Length in bytes; 0 for devices.</summary>
    public long Length { get; private init; }

    /// <summary>Last modification in nanoseconds since 1970.</summary>
    public long Modified { get; private init; }

    /// <summary>The device that a device node stands for, numbered as <see cref="Device"/>.</summary>
    public ulong NodeDevice { get; private init; }

    /// <summary>True for a regular file.</summary>
    public bool IsRegularFile => (Mode & TypeMask) == RegularFile;

    /// <summary>True for a directory.</summary>
    public bool IsDirectory => (Mode & TypeMask) == Directory;

    /// <summary>True for a block device.</summary>
    public bool IsBlockDevice => (Mode & TypeMask) == BlockDevice;

    /// <summary>True for a character device.</summary>
    public bool IsCharacterDevice => (Mode & TypeMask) == CharacterDevice;

    /// <summary>True for a symbolic link.</summary>
    public bool IsSymbolicLink => (Mode & TypeMask) == SymbolicLink;

    /// <summary>True for a socket.</summary>
    public bool IsSocket => (Mode & TypeMask) == Socket;

    /// <summary>Status of a path, or <see langword="null"/> if it is not there or cannot be reached.</summary>
    public static FileStatus? TryGet(string path, bool followLink = true) =>
        Read(path, followLink, out var status) == 0 ? status : null;

    /// <summary>Status of a path whose absence or inaccessibility is an answer, too.</summary>
    /// <param name="path">Path without NUL.</param>
    /// <param name="followLink">False to look at a symbolic link itself.</param>
    /// <param name="status">The answer.</param>
    /// <returns>0, or the error number.</returns>
    public static unsafe int Read(string path, bool followLink, out FileStatus status)
    {
        fixed (byte* name = NativePath.Encode(path))
        {
            var bytes = stackalloc byte[StructureSize];
            var isRead = LibC.statx(CurrentDirectory, name, followLink ? 0 : NoFollow, BasicStats, bytes) == 0;
            status = isRead ? Parse(new ReadOnlySpan<byte>(bytes, StructureSize)) : default;
            return isRead ? 0 : Marshal.GetLastPInvokeError();
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
        new()
        {
            Owner = MemoryMarshal.Read<uint>(bytes[20..]),
            Mode = MemoryMarshal.Read<ushort>(bytes[28..]),
            Inode = MemoryMarshal.Read<ulong>(bytes[32..]),
            Length = MemoryMarshal.Read<long>(bytes[40..]),
            Modified = unchecked(
                (MemoryMarshal.Read<long>(bytes[112..]) * 1_000_000_000) + MemoryMarshal.Read<uint>(bytes[120..])
            ),
            NodeDevice = Pair(bytes[128..]),
            Device = Pair(bytes[136..]),
        };

    private static ulong Pair(ReadOnlySpan<byte> bytes) =>
        ((ulong)MemoryMarshal.Read<uint>(bytes) << 32) | MemoryMarshal.Read<uint>(bytes[4..]);
}
