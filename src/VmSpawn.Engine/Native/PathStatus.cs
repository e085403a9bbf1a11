using System.Runtime.InteropServices;

namespace VmSpawn.Engine.Native;

/// <summary>
/// What statx(2) says of a path whose absence or inaccessibility is an answer too, unlike with <see cref="FileStatus"/>.
/// </summary>
internal readonly record struct PathStatus
{
    /// <summary>S_IFDIR of inode(7).</summary>
    public const uint Directory = 0x4000;

    /// <summary>S_IFCHR of inode(7).</summary>
    public const uint CharacterDevice = 0x2000;

    /// <summary>S_IFBLK of inode(7).</summary>
    public const uint BlockDevice = 0x6000;

    /// <summary>S_IFREG of inode(7).</summary>
    public const uint RegularFile = 0x8000;

    /// <summary>S_IFLNK of inode(7).</summary>
    public const uint SymbolicLink = 0xa000;

    private const int CurrentDirectory = -100; // AT_FDCWD
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint BasicStats = 0x7ff; // STATX_BASIC_STATS
    private const int StructureSize = 256;

    /// <summary>The device that holds the file, numbered as in <see cref="FileStatus"/>.</summary>
    public ulong Device { get; private init; }

    /// <summary>Inode number.</summary>
    public ulong Inode { get; private init; }

    /// <summary>Type and permission bits.</summary>
    public uint Mode { get; private init; }

    /// <summary>User id of the owner.</summary>
    public uint Owner { get; private init; }

    /// <summary>Length in bytes; 0 for devices.</summary>
    public long Length { get; private init; }

    /// <summary>Last modification in nanoseconds since 1970.</summary>
    public long Modified { get; private init; }

    /// <summary>File type bits only, such as <see cref="RegularFile"/>.</summary>
    public uint Type => Mode & 0xf000;

    /// <summary>Asks for the status of a path.</summary>
    /// <param name="path">Path without NUL.</param>
    /// <param name="followLinks">False to look at a symbolic link itself.</param>
    /// <param name="status">The answer.</param>
    /// <returns>0, or the error number.</returns>
    public static unsafe int Read(string path, bool followLinks, out PathStatus status)
    {
        fixed (byte* name = NativePath.Encode(path))
        {
            var bytes = stackalloc byte[StructureSize];
            if (LibC.statx(CurrentDirectory, name, followLinks ? 0 : NoFollow, BasicStats, bytes) != 0)
            {
                status = default;
                return Marshal.GetLastPInvokeError();
            }

            status = Parse(new ReadOnlySpan<byte>(bytes, StructureSize));
            return 0;
        }
    }

    // Offsets of struct statx, the same on every architecture (uapi/linux/stat.h).
    private static PathStatus Parse(ReadOnlySpan<byte> bytes) =>
        new()
        {
            Owner = MemoryMarshal.Read<uint>(bytes[20..]),
            Mode = MemoryMarshal.Read<ushort>(bytes[28..]),
            Inode = MemoryMarshal.Read<ulong>(bytes[32..]),
            Length = MemoryMarshal.Read<long>(bytes[40..]),
            Modified = unchecked(
                (MemoryMarshal.Read<long>(bytes[112..]) * 1_000_000_000) + MemoryMarshal.Read<uint>(bytes[120..])
            ),
            Device = ((ulong)MemoryMarshal.Read<uint>(bytes[136..]) << 32) | MemoryMarshal.Read<uint>(bytes[140..]),
        };
}
