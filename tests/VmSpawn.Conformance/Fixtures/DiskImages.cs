using System.Buffers.Binary;
using System.Text;

namespace VmSpawn.Conformance.Fixtures;

/// <summary>Disk images: GPT with both headers (UEFI specification, section 5.3), one MBR partition, an empty qcow2.</summary>
internal static class DiskImages
{
    public const long Size = 64 << 20;
    private const int Sector = 512;
    private const int EntrySize = 128;
    private const int EntryCount = 128;

    public static void Gpt(
        this FixtureWriter writer,
        string path,
        Guid disk,
        params ReadOnlySpan<GptPartition> partitions
    )
    {
        const long Sectors = Size / Sector;
        var entries = Entries(partitions);
        var checksum = Crc32.Of(entries);
        using var file = writer.Create(path);
        file.SetLength(Size);
        file.Write(ProtectiveMbr());
        file.Write(Header(disk, 1, Sectors - 1, 2, checksum));
        file.Write(entries);
        file.Position = (Sectors - 33) * Sector;
        file.Write(entries);
        file.Write(Header(disk, Sectors - 1, 1, Sectors - 33, checksum));
    }

    public static void Mbr(this FixtureWriter writer, string path)
    {
        var sector = new byte[Sector];
        BinaryPrimitives.WriteUInt32LittleEndian(sector.AsSpan(440), 0x12345678);
        WritePartition(sector, 0x83, 2048, 16 << 20 >> 9);
        using var file = writer.Create(path);
        file.SetLength(Size);
        file.Write(sector);
    }

    /// <summary>Version 3 with 64 KiB clusters and nothing allocated (QEMU's <c>docs/interop/qcow2.rst</c>).</summary>
    public static void Qcow2(this FixtureWriter writer, string path)
    {
        const int Cluster = 65536;
        var image = new byte[4 * Cluster];
        var header = image.AsSpan();
        BinaryPrimitives.WriteUInt32BigEndian(header, 0x514649fb);
        BinaryPrimitives.WriteUInt32BigEndian(header[4..], 3);
        BinaryPrimitives.WriteUInt32BigEndian(header[20..], 16);
        BinaryPrimitives.WriteInt64BigEndian(header[24..], Size);
        BinaryPrimitives.WriteUInt32BigEndian(header[36..], 1);
        BinaryPrimitives.WriteUInt64BigEndian(header[40..], 3 * Cluster);
        BinaryPrimitives.WriteUInt64BigEndian(header[48..], Cluster);
        BinaryPrimitives.WriteUInt32BigEndian(header[56..], 1);
        BinaryPrimitives.WriteUInt32BigEndian(header[96..], 4);
        BinaryPrimitives.WriteUInt32BigEndian(header[100..], 104);
        BinaryPrimitives.WriteUInt64BigEndian(header[Cluster..], 2 * Cluster);
        for (var cluster = 0; cluster < 4; cluster++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(header[((2 * Cluster) + (2 * cluster))..], 1);
        }

        writer.Bytes(path, image);
    }

    private static byte[] Entries(ReadOnlySpan<GptPartition> partitions)
    {
        var entries = new byte[EntrySize * EntryCount];
        var start = 2048L;
        for (var i = 0; i < partitions.Length; i++)
        {
            var entry = entries.AsSpan(i * EntrySize, EntrySize);
            var length = partitions[i].Mebibytes * 2048L;
            partitions[i].Type.TryWriteBytes(entry);
            partitions[i].Id.TryWriteBytes(entry[16..]);
            BinaryPrimitives.WriteInt64LittleEndian(entry[32..], start);
            BinaryPrimitives.WriteInt64LittleEndian(entry[40..], start + length - 1);
            BinaryPrimitives.WriteUInt64LittleEndian(entry[48..], partitions[i].Attributes);
            Encoding.Unicode.GetBytes(partitions[i].Label).CopyTo(entry[56..]);
            start += length;
        }

        return entries;
    }

    private static byte[] Header(Guid disk, long own, long other, long entries, uint entriesChecksum)
    {
        var sector = new byte[Sector];
        var header = sector.AsSpan(0, 92);
        "EFI PART"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], 0x10000);
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], 92);
        BinaryPrimitives.WriteInt64LittleEndian(header[24..], own);
        BinaryPrimitives.WriteInt64LittleEndian(header[32..], other);
        BinaryPrimitives.WriteInt64LittleEndian(header[40..], 34);
        BinaryPrimitives.WriteInt64LittleEndian(header[48..], (Size / Sector) - 34);
        disk.TryWriteBytes(header[56..]);
        BinaryPrimitives.WriteInt64LittleEndian(header[72..], entries);
        BinaryPrimitives.WriteUInt32LittleEndian(header[80..], EntryCount);
        BinaryPrimitives.WriteUInt32LittleEndian(header[84..], EntrySize);
        BinaryPrimitives.WriteUInt32LittleEndian(header[88..], entriesChecksum);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], Crc32.Of(header));
        return sector;
    }

    private static byte[] ProtectiveMbr()
    {
        var sector = new byte[Sector];
        WritePartition(sector, 0xee, 1, (uint)(Size / Sector) - 1);
        return sector;
    }

    private static void WritePartition(byte[] sector, byte type, uint start, uint count)
    {
        var entry = sector.AsSpan(446, 16);
        entry[2] = 2;
        entry[4] = type;
        entry.Slice(5, 3).Fill(0xff);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], start);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[12..], count);
        sector[510] = 0x55;
        sector[511] = 0xaa;
    }
}
