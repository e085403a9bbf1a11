using System.Buffers.Binary;
using System.Text;

namespace VmSpawn.Engine.Tests.Images.Fat;

/// <summary>
/// Makes FAT volumes with clusters of one sector. FAT32 may be as small as one likes, as Linux and mkfs.vfat have it.
/// </summary>
internal sealed class FatImage
{
    public const int Sector = 512;
    private const int Reserved = 32;
    private const int Tables = 2;
    private const int RootEntries = 64;

    private readonly int bits;
    private readonly int clusters;
    private readonly Directory root = new();
    private readonly byte[] volume;
    private uint next = 2;

    public FatImage(int bits = 32, int clusters = 200)
    {
        (this.bits, this.clusters) = (bits, clusters);
        volume = new byte[(FirstData + clusters) * Sector];
    }

    public int TableOffset => Reserved * Sector;

    public int RootOffset => (Reserved + (Tables * TableSectors)) * Sector;

    private int TableSectors => (((clusters + 2) * bits / 8) + Sector) / Sector;

    private int RootSectors => bits == 32 ? 0 : RootEntries * 32 / Sector;

    private int FirstData => Reserved + (Tables * TableSectors) + RootSectors;

    public int OffsetOf(uint cluster) => (FirstData + (int)(cluster - 2)) * Sector;

    public FatImage Add(string path, string text) => Add(path, Encoding.UTF8.GetBytes(text));

    public FatImage Add(string path, byte[] content)
    {
        var parts = path.Split('/');
        var directory = root;
        foreach (var part in parts[..^1])
        {
            if (!directory.Directories.TryGetValue(part, out var inner))
            {
                directory.Directories.Add(part, inner = new Directory());
            }

            directory = inner;
        }

        directory.Files[parts[^1]] = content;
        return this;
    }

    public byte[] Build()
    {
        var rootCluster = bits == 32 ? next++ : 0;
        var records = Records(root);
        if (bits == 32)
        {
            Put(records, rootCluster);
        }
        else
        {
            records.CopyTo(volume, RootOffset);
        }

        WriteBootSector(rootCluster);
        Set(0, 0x0ffffff8);
        Set(1, 0x0fffffff);
        volume.AsSpan(TableOffset, TableSectors * Sector).CopyTo(volume.AsSpan(TableOffset + (TableSectors * Sector)));
        return volume;
    }

    /// <summary>Writes an entry of the first table.</summary>
    public void Set(uint cluster, uint value)
    {
        var place = TableOffset + (int)(cluster * bits / 8);
        switch (bits)
        {
            case 12:
                var pair = BinaryPrimitives.ReadUInt16LittleEndian(volume.AsSpan(place));
                pair =
                    cluster % 2 == 0
                        ? (ushort)((pair & 0xf000u) | (value & 0xfff))
                        : (ushort)((pair & 0xfu) | ((value & 0xfff) << 4));
                BinaryPrimitives.WriteUInt16LittleEndian(volume.AsSpan(place), pair);
                break;
            case 16:
                BinaryPrimitives.WriteUInt16LittleEndian(volume.AsSpan(place), (ushort)value);
                break;
            default:
                BinaryPrimitives.WriteUInt32LittleEndian(volume.AsSpan(place), value);
                break;
        }
    }

    private byte[] Records(Directory directory)
    {
        var records = new List<byte>();
        foreach (var (name, inner) in directory.Directories)
        {
            records.AddRange(Record(name, 0x10, Store(Records(inner)), 0, records.Count));
        }

        foreach (var (name, content) in directory.Files)
        {
            records.AddRange(Record(name, 0x20, Store(content), content.Length, records.Count));
        }

        return [.. records];
    }

    private uint Store(byte[] content)
    {
        if (content.Length == 0)
        {
            return 0;
        }

        var first = next++;
        Put(content, first);
        return first;
    }

    private void Put(byte[] content, uint cluster)
    {
        for (var done = 0; ; )
        {
            var length = Math.Min(Sector, content.Length - done);
            content.AsSpan(done, length).CopyTo(volume.AsSpan(OffsetOf(cluster)));
            done += length;
            if (done >= content.Length)
            {
                Set(cluster, 0x0fffffff);
                return;
            }

            Set(cluster, next);
            cluster = next++;
        }
    }

    // Always with a long name, behind a short one that says nothing.
    private static byte[] Record(string name, byte attributes, uint cluster, int length, int number)
    {
        var shortName = Encoding.ASCII.GetBytes($"N{number:x7}".ToUpperInvariant() + "   ");
        byte checksum = 0;
        foreach (var b in shortName)
        {
            checksum = (byte)(((checksum & 1) << 7) + (checksum >> 1) + b);
        }

        var pieces = (name.Length + 12) / 13;
        var text = Encoding.Unicode.GetBytes(name + (name.Length % 13 == 0 ? "" : "\0"));
        var units = new byte[pieces * 26];
        units.AsSpan().Fill(0xff);
        text.CopyTo(units, 0);
        var records = new byte[(pieces + 1) * 32];
        for (var piece = pieces; piece > 0; piece--)
        {
            var record = records.AsSpan((pieces - piece) * 32, 32);
            record[0] = (byte)(piece | (piece == pieces ? 0x40 : 0));
            record[11] = 0x0f;
            record[13] = checksum;
            var part = units.AsSpan((piece - 1) * 26, 26);
            part[..10].CopyTo(record[1..]);
            part[10..22].CopyTo(record[14..]);
            part[22..].CopyTo(record[28..]);
        }

        var last = records.AsSpan(pieces * 32);
        shortName.CopyTo(last);
        last[11] = attributes;
        BinaryPrimitives.WriteUInt16LittleEndian(last[20..], (ushort)(cluster >> 16));
        BinaryPrimitives.WriteUInt16LittleEndian(last[26..], (ushort)cluster);
        BinaryPrimitives.WriteInt32LittleEndian(last[28..], length);
        return records;
    }

    private void WriteBootSector(uint rootCluster)
    {
        var boot = volume.AsSpan(0, Sector);
        BinaryPrimitives.WriteUInt16LittleEndian(boot[11..], Sector);
        boot[13] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(boot[14..], Reserved);
        boot[16] = Tables;
        BinaryPrimitives.WriteUInt16LittleEndian(boot[17..], (ushort)(bits == 32 ? 0 : RootEntries));
        BinaryPrimitives.WriteInt32LittleEndian(boot[32..], volume.Length / Sector);
        BinaryPrimitives.WriteUInt16LittleEndian(boot[22..], (ushort)(bits == 32 ? 0 : TableSectors));
        BinaryPrimitives.WriteInt32LittleEndian(boot[36..], bits == 32 ? TableSectors : 0);
        BinaryPrimitives.WriteUInt32LittleEndian(boot[44..], rootCluster);
        boot[510] = 0x55;
        boot[511] = 0xaa;
    }

    private sealed class Directory
    {
        public Dictionary<string, Directory> Directories { get; } = [];

        public Dictionary<string, byte[]> Files { get; } = [];
    }
}
