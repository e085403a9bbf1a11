using System.Buffers.Binary;
using System.Text;
using VmSpawn.Engine.Images;

namespace VmSpawn.Engine.Tests.Images;

/// <summary>Makes disks with a GUID partition table, 1 MiB long unless said otherwise.</summary>
internal sealed class GptImage(int sectorSize = 512, int length = GptImage.Size)
{
    public const int Size = 1 << 20;

    public static readonly Guid Root = new("4f68bce3-e8cd-4db1-96e7-fbcaf984b709");
    public static readonly Guid Usr = new("8484680c-9521-48c6-9c11-b0720656f69e");
    public static readonly Guid Root32 = new("44479540-f297-41b2-9af7-d131d5f0458a");
    public static readonly Guid Usr32 = new("75250d76-8cc6-458e-bd66-bd47cc81a812");

    private const int Count = 128;
    private const int EntryLength = 128;

    private readonly byte[] entries = new byte[Count * EntryLength];
    private int used;

    private static int TableSectors(int sector) => Count * EntryLength / sector;

    public int LastSector => (length / sectorSize) - 1;

    public int FirstUsable => 2 + TableSectors(sectorSize);

    public int LastUsable => LastSector - TableSectors(sectorSize) - 1;

    public static Guid Id(int number) => new($"aaaaaaaa-0000-4000-8000-0000000000{number:x2}");

    /// <summary>Adds a partition of one sector, with the id of its number.</summary>
    public GptImage Add(Guid type, string label = "", ulong attributes = 0, long? first = null, long? last = null)
    {
        var entry = entries.AsSpan(used++ * EntryLength, EntryLength);
        type.TryWriteBytes(entry);
        Id(used).TryWriteBytes(entry[16..]);
        var sector = first ?? FirstUsable + used;
        BinaryPrimitives.WriteInt64LittleEndian(entry[32..], sector);
        BinaryPrimitives.WriteInt64LittleEndian(entry[40..], last ?? sector);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[48..], attributes);
        Encoding.Unicode.GetBytes(label, entry.Slice(56, 72));
        return this;
    }

    public byte[] Build()
    {
        var disk = new byte[length];
        disk[446 + 4] = 0xee;
        disk[446 + 8] = 1;
        BinaryPrimitives.WriteInt32LittleEndian(disk.AsSpan(446 + 12), LastSector);
        disk[510] = 0x55;
        disk[511] = 0xaa;
        WriteCopy(disk, 1, LastSector, 2);
        WriteCopy(disk, LastSector, 1, LastUsable + 1);
        return disk;
    }

    public static PartitionTable Read(byte[] disk) =>
        PartitionTable.Read(new DiskBytes(new MemoryStream(disk), disk.Length));

    /// <summary>Changes header bytes of one copy and makes its checksum right again.</summary>
    public void Patch(byte[] disk, bool backup, Action<Memory<byte>> change)
    {
        var header = disk.AsMemory((backup ? LastSector : 1) * sectorSize, 92);
        change(header);
        Seal(header.Span);
    }

    private void WriteCopy(byte[] disk, int own, int other, int table)
    {
        entries.CopyTo(disk, table * sectorSize);
        var header = disk.AsSpan(own * sectorSize, 92);
        "EFI PART"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], 0x10000);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], header.Length);
        BinaryPrimitives.WriteInt64LittleEndian(header[24..], own);
        BinaryPrimitives.WriteInt64LittleEndian(header[32..], other);
        BinaryPrimitives.WriteInt64LittleEndian(header[40..], FirstUsable);
        BinaryPrimitives.WriteInt64LittleEndian(header[48..], LastUsable);
        Id(0xff).TryWriteBytes(header[56..]);
        BinaryPrimitives.WriteInt64LittleEndian(header[72..], table);
        BinaryPrimitives.WriteInt32LittleEndian(header[80..], Count);
        BinaryPrimitives.WriteInt32LittleEndian(header[84..], EntryLength);
        BinaryPrimitives.WriteUInt32LittleEndian(header[88..], Crc32.Of(entries));
        Seal(header);
    }

    private static void Seal(Span<byte> header)
    {
        header.Slice(16, 4).Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], Crc32.Of(header));
    }
}
