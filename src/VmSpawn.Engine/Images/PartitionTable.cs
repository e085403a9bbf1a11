using System.Collections.Immutable;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Images;

/// <summary>How a disk is divided.</summary>
public enum PartitionTableKind
{
    /// <summary>No partition table is there: a bare file system, an empty disk or anything else.</summary>
    None,

    /// <summary>A master boot record of the PC.</summary>
    Mbr,

    /// <summary>A GUID partition table of the UEFI specification.</summary>
    Gpt,
}

/// <summary>The partition table of a disk or raw image.</summary>
public sealed record PartitionTable
{
    /// <summary>What it is.</summary>
    public required PartitionTableKind Kind { get; init; }

    /// <summary>The disk's own GUID, if it has a GPT.</summary>
    public Guid DiskId { get; init; }

    /// <summary>Bytes in a sector: 512 or 4096.</summary>
    public int SectorSize { get; init; } = 512;

    /// <summary>True if the first copy of a GPT is damaged and the one at the end was read.</summary>
    public bool IsFromBackup { get; init; }

    /// <summary>Partitions of a GPT in the table's order; those of a master boot record are not read.</summary>
    public ImmutableArray<Partition> Partitions { get; init; } = [];

    /// <summary>Reads the table of a raw image or block device. Damaged tables count as none.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller may not read it.</exception>
    public static PartitionTable Read(IHostFiles files, string path)
    {
        var length = files.GetLength(path);
        using var stream = files.OpenRead(path);
        return Read(new DiskBytes(stream, length));
    }

    /// <summary>Reads the table that a guest sees on a qcow2 image.</summary>
    /// <exception cref="IOException">It cannot be read, or is damaged.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller may not read it.</exception>
    /// <exception cref="NotSupportedException">It is of a kind that is not read here; says which, in a clause.</exception>
    public static PartitionTable ReadQcow2(IHostFiles files, string path)
    {
        var length = files.GetLength(path);
        using var stream = files.OpenRead(path);
        using var guest = new Qcow2Stream(new DiskBytes(stream, length));
        return Read(new DiskBytes(guest, guest.Length));
    }

    internal static PartitionTable Read(DiskBytes disk)
    {
        var record = MasterBootRecord.Read(disk);
        // The record protects a GPT from programs that know no GPT. One that lists partitions of its own is what counts.
        if (record is not MasterBootRecord.Content.Partitions && GptReader.Read(disk) is { } table)
        {
            return table;
        }

        return new PartitionTable
        {
            Kind = record is MasterBootRecord.Content.Partitions ? PartitionTableKind.Mbr : PartitionTableKind.None,
        };
    }
}
