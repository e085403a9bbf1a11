using System.Buffers.Binary;

namespace VmSpawn.Engine.Images.Fat;

/// <summary>
/// Where the parts of a FAT file system are, by its boot sector (Microsoft's "FAT32 File System Specification" 1.03,
/// section 3). All of it lies within the volume.
/// </summary>
internal sealed record FatLayout
{
    private const int BootSectorLength = 512;

    // Highest cluster counts of FAT12 and FAT16.
    private const long Fat12Limit = 4085;
    private const long Fat16Limit = 65525;
    private const uint Fat32Limit = 0x0ffffff5;

    /// <summary>Bits of an entry of the table: 12, 16 or 32.</summary>
    public required int Bits { get; init; }

    /// <summary>Bytes in a cluster.</summary>
    public required int ClusterLength { get; init; }

    /// <summary>Number of clusters; the first one is number 2.</summary>
    public required uint ClusterCount { get; init; }

    /// <summary>First byte of the table that counts.</summary>
    public required long TableOffset { get; init; }

    /// <summary>First byte of cluster 2.</summary>
    public required long DataOffset { get; init; }

    /// <summary>First byte of the root directory of FAT12 and FAT16.</summary>
    public long RootOffset { get; init; }

    /// <summary>Length in bytes of the root directory of FAT12 and FAT16.</summary>
    public int RootLength { get; init; }

    /// <summary>First cluster of the root directory of FAT32, else 0.</summary>
    public uint RootCluster { get; init; }

    /// <summary>True if the number is that of a cluster.</summary>
    public bool IsCluster(uint number) => number >= 2 && number - 2 < ClusterCount;

    /// <summary>First byte of a cluster.</summary>
    public long OffsetOf(uint cluster) => DataOffset + ((long)(cluster - 2) * ClusterLength);

    /// <summary>Reads the boot sector.</summary>
    /// <returns>The layout, or the reason why there is none, in a clause.</returns>
    public static (FatLayout? Layout, string? Problem) Read(DiskBytes volume)
    {
        if (volume.TryRead(0, BootSectorLength) is not { } sector || sector[510] != 0x55 || sector[511] != 0xaa)
        {
            return (null, "it has no boot sector");
        }

        var fields = new Fields(sector);
        if (fields.SectorLength is not (512 or 1024 or 2048 or 4096))
        {
            return (null, $"its boot sector claims sectors of {fields.SectorLength} bytes");
        }

        if (fields.SectorsPerCluster is 0 || !System.Numerics.BitOperations.IsPow2(fields.SectorsPerCluster))
        {
            return (null, $"its boot sector claims clusters of {fields.SectorsPerCluster} sectors");
        }

        if (fields.Reserved == 0 || fields.Tables == 0 || fields.TableSectors == 0)
        {
            return (null, "its boot sector claims that there is no allocation table");
        }

        return fields.Sectors * fields.SectorLength > volume.Length
            ? (null, "its boot sector claims more sectors than there are")
            : Lay(fields);
    }

    private static (FatLayout?, string?) Lay(Fields fields)
    {
        var rootLength = fields.RootEntries * FatEntry.RecordLength;
        var rootSectors = (rootLength + fields.SectorLength - 1) / fields.SectorLength;
        var root = fields.Reserved + (fields.Tables * fields.TableSectors);
        var data = root + rootSectors;
        var clusters = (fields.Sectors - data) / fields.SectorsPerCluster;
        if (data > fields.Sectors || clusters < 1)
        {
            return (null, "its boot sector leaves no room for data");
        }

        // As Linux and the tools do; the number of clusters alone would make small volumes of FAT32 something else.
        var bits =
            fields.IsFat32 ? 32
            : clusters < Fat12Limit ? 12
            : 16;
        if ((bits == 16 && clusters >= Fat16Limit) || (!fields.IsFat32 && rootLength == 0))
        {
            return (null, "its boot sector contradicts itself");
        }

        var tableLength = fields.TableSectors * fields.SectorLength;
        var described = (tableLength * 8 / bits) - 2;
        var layout = new FatLayout
        {
            Bits = bits,
            ClusterLength = fields.SectorsPerCluster * fields.SectorLength,
            ClusterCount = (uint)Math.Max(0, Math.Min(Math.Min(clusters, described), Fat32Limit)),
            TableOffset = (fields.Reserved + (fields.ActiveTable * fields.TableSectors)) * fields.SectorLength,
            RootOffset = root * fields.SectorLength,
            RootLength = fields.IsFat32 ? 0 : rootLength,
            RootCluster = fields.IsFat32 ? fields.RootCluster : 0,
            DataOffset = data * fields.SectorLength,
        };
        return !fields.IsFat32 || layout.IsCluster(layout.RootCluster)
            ? (layout, null)
            : (null, "its root directory lies outside");
    }

    /// <summary>The boot sector's fields, as they are there.</summary>
    private sealed class Fields(byte[] sector)
    {
        public int SectorLength => Word(11);

        public int SectorsPerCluster => sector[13];

        public long Reserved => Word(14);

        public long Tables => sector[16];

        public int RootEntries => Word(17);

        public long Sectors => Word(19) != 0 ? Word(19) : Long(32);

        public bool IsFat32 => Word(22) == 0;

        public long TableSectors => IsFat32 ? Long(36) : Word(22);

        public uint RootCluster => Long(44);

        // With bit 7 only one table is kept up to date.
        public long ActiveTable => IsFat32 && (Word(40) & 0x80) != 0 ? Math.Min(Word(40) & 0xf, Tables - 1) : 0;

        private int Word(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(sector.AsSpan(offset));

        private uint Long(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(sector.AsSpan(offset));
    }
}
