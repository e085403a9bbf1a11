using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace VmSpawn.Engine.Images;

/// <summary>
/// Reads a GUID partition table (UEFI specification, section 5.3): the first copy, or the one at the end if the first is
/// damaged. A copy counts if its checksums are right and all it claims lies on the disk.
/// </summary>
internal static class GptReader
{
    private const int HeaderLength = 92;
    private const int EntryLength = 128;

    /// <summary>Most entries that are believed; disks have 128.</summary>
    private const int EntryLimit = 4096;

    private const int EntryLengthLimit = 4096;
    private const int TableLimit = 4 * 1024 * 1024;
    private const uint Revision1 = 0x00010000;

    /// <summary>The table, or <see langword="null"/> if there is no sound one.</summary>
    public static PartitionTable? Read(DiskBytes disk)
    {
        foreach (var backup in new[] { false, true })
        {
            foreach (var sectorSize in new[] { 512, 4096 })
            {
                if (ReadCopy(disk, sectorSize, backup) is { } table)
                {
                    return table;
                }
            }
        }

        return null;
    }

    private static PartitionTable? ReadCopy(DiskBytes disk, int sectorSize, bool backup)
    {
        var lastSector = (disk.Length / sectorSize) - 1;
        var sector = backup ? lastSector : 1;
        if (
            lastSector < 2
            || disk.TryRead(sector * sectorSize, sectorSize) is not { } block
            || ParseHeader(block, sector, lastSector) is not { } header
            || disk.TryRead(header.TableSector * sectorSize, header.EntryCount * header.EntryLength) is not { } entries
            || Crc32.Of(entries) != header.TableChecksum
        )
        {
            return null;
        }

        return new PartitionTable
        {
            Kind = PartitionTableKind.Gpt,
            DiskId = header.DiskId,
            SectorSize = sectorSize,
            IsFromBackup = backup,
            Partitions = ReadEntries(entries, header, sectorSize),
        };
    }

    private static Header? ParseHeader(byte[] block, long sector, long lastSector)
    {
        ReadOnlySpan<byte> bytes = block;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]);
        if (
            !bytes.StartsWith("EFI PART"u8)
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) < Revision1
            || length < HeaderLength
            || length > block.Length
            || !IsIntact(block.AsSpan(0, (int)length))
        )
        {
            return null;
        }

        var header = new Header(
            Sector: BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
            FirstUsable: BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]),
            LastUsable: BinaryPrimitives.ReadInt64LittleEndian(bytes[48..]),
            DiskId: new Guid(bytes.Slice(56, 16)),
            TableSector: BinaryPrimitives.ReadInt64LittleEndian(bytes[72..]),
            EntryCount: BinaryPrimitives.ReadInt32LittleEndian(bytes[80..]),
            EntryLength: BinaryPrimitives.ReadInt32LittleEndian(bytes[84..]),
            TableChecksum: BinaryPrimitives.ReadUInt32LittleEndian(bytes[88..])
        );
        return header.IsPlausible(sector, lastSector) ? header : null;
    }

    private static bool IsIntact(Span<byte> header)
    {
        var checksum = header.Slice(16, 4);
        var expected = BinaryPrimitives.ReadUInt32LittleEndian(checksum);
        checksum.Clear();
        return Crc32.Of(header) == expected;
    }

    private static ImmutableArray<Partition> ReadEntries(byte[] entries, Header header, int sectorSize)
    {
        var partitions = ImmutableArray.CreateBuilder<Partition>();
        for (var i = 0; i < header.EntryCount; i++)
        {
            var entry = entries.AsSpan(i * header.EntryLength, EntryLength);
            var type = new Guid(entry[..16]);
            var first = BinaryPrimitives.ReadInt64LittleEndian(entry[32..]);
            var last = BinaryPrimitives.ReadInt64LittleEndian(entry[40..]);

            // As the kernel does: an entry that leaves the disk is passed over, the others stay.
            if (type == Guid.Empty || first < header.FirstUsable || last < first || last > header.LastUsable)
            {
                continue;
            }

            partitions.Add(
                new Partition(
                    i + 1,
                    type,
                    new Guid(entry.Slice(16, 16)),
                    first * sectorSize,
                    (last - first + 1) * sectorSize,
                    BinaryPrimitives.ReadUInt64LittleEndian(entry[48..]),
                    Label(entry.Slice(56, 72))
                )
            );
        }

        return partitions.ToImmutable();
    }

    private static string Label(ReadOnlySpan<byte> utf16)
    {
        var label = Encoding.Unicode.GetString(utf16);
        var end = label.IndexOf('\0');
        return end < 0 ? label : label[..end];
    }

    private sealed record Header(
        long Sector,
        long FirstUsable,
        long LastUsable,
        Guid DiskId,
        long TableSector,
        int EntryCount,
        int EntryLength,
        uint TableChecksum
    )
    {
        public bool IsPlausible(long sector, long lastSector) =>
            Sector == sector
            && FirstUsable > 0
            && FirstUsable <= LastUsable + 1
            && LastUsable <= lastSector
            && TableSector > 0
            && TableSector <= lastSector
            && EntryCount is >= 0 and <= EntryLimit
            && EntryLength is >= GptReader.EntryLength and <= EntryLengthLimit
            && EntryLength % 8 == 0
            && (long)EntryCount * EntryLength <= TableLimit;
    }
}
