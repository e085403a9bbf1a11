using System.Buffers.Binary;
using System.Text;

namespace VmSpawn.Engine.Images.Fat;

/// <summary>Reads the records of a directory ("FAT32 File System Specification" 1.03, sections 6 and 7).</summary>
internal sealed class FatDirectory
{
    private const byte End = 0;
    private const byte Deleted = 0xe5;

    // A first byte of 0xe5 that belongs to the name is written as this.
    private const byte EscapedDeleted = 0x05;
    private const byte VolumeAttribute = 0x08;
    private const byte DirectoryAttribute = 0x10;
    private const byte LongNameAttributes = 0x0f;
    private const byte AttributeMask = 0x3f;

    // Windows NT's bits for short names in lower case, which mtools and Linux use as well.
    private const byte LowerBase = 0x08;
    private const byte LowerExtension = 0x10;

    private readonly LongName longName = new();
    private readonly bool isFat32;

    /// <summary>Makes a reader for one directory.</summary>
    /// <param name="isFat32">True if cluster numbers have upper halves.</param>
    public FatDirectory(bool isFat32) => this.isFat32 = isFat32;

    /// <summary>True once the record was read that ends the directory.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Reads the next records.</summary>
    /// <param name="records">Whole records.</param>
    /// <param name="offset">Place of the first one in the volume.</param>
    public IEnumerable<FatEntry> Read(byte[] records, long offset)
    {
        for (var i = 0; i + FatEntry.RecordLength <= records.Length; i += FatEntry.RecordLength)
        {
            if (records[i] == End)
            {
                IsAtEnd = true;
                yield break;
            }

            if (Take(records.AsSpan(i, FatEntry.RecordLength), offset + i) is { } entry)
            {
                yield return entry;
            }
        }
    }

    private FatEntry? Take(ReadOnlySpan<byte> record, long offset)
    {
        var attributes = record[11] & AttributeMask;
        if (record[0] == Deleted)
        {
            longName.Clear();
            return null;
        }

        if (attributes == LongNameAttributes)
        {
            longName.Add(record);
            return null;
        }

        var name = longName.Finish(record[..11]) ?? ShortName(record);
        if ((attributes & VolumeAttribute) != 0 || name is "." or ".." or "" || name.AsSpan().ContainsAny('/', '\0'))
        {
            return null;
        }

        var isDirectory = (attributes & DirectoryAttribute) != 0;
        var upper = isFat32 ? BinaryPrimitives.ReadUInt16LittleEndian(record[20..]) : 0;
        return new FatEntry(
            name,
            isDirectory,
            ((uint)upper << 16) | BinaryPrimitives.ReadUInt16LittleEndian(record[26..]),
            isDirectory ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(record[28..]),
            offset
        );
    }

    private static string ShortName(ReadOnlySpan<byte> record)
    {
        Span<byte> bytes = stackalloc byte[11];
        record[..11].CopyTo(bytes);
        bytes[0] = bytes[0] == EscapedDeleted ? Deleted : bytes[0];
        var name = Part(bytes[..8], (record[12] & LowerBase) != 0);
        var extension = Part(bytes[8..], (record[12] & LowerExtension) != 0);
        return extension.Length == 0 ? name : $"{name}.{extension}";
    }

    // Which code page it is in is not said; names of boot entries are ASCII.
    private static string Part(ReadOnlySpan<byte> bytes, bool isLower)
    {
        var text = Encoding.Latin1.GetString(bytes).TrimEnd(' ');
        return isLower ? text.ToLowerInvariant() : text;
    }
}
