using System.Buffers.Binary;

namespace VmSpawn.Engine.Images;

/// <summary>The first sector of a PC's disk.</summary>
internal static class MasterBootRecord
{
    private const int Size = 512;
    private const int FirstEntry = 446;
    private const int EntrySize = 16;
    private const int EntryCount = 4;
    private const byte Protective = 0xee;

    /// <summary>What the sector says of the disk.</summary>
    public enum Content
    {
        /// <summary>No boot record, or the one of a file system.</summary>
        None,

        /// <summary>Partitions.</summary>
        Partitions,

        /// <summary>That the disk has a GPT.</summary>
        Protective,
    }

    /// <summary>Reads it.</summary>
    public static Content Read(DiskBytes disk)
    {
        Span<byte> sector = stackalloc byte[Size];
        if (!disk.TryRead(0, sector) || sector[510] != 0x55 || sector[511] != 0xaa)
        {
            return Content.None;
        }

        var content = Content.None;
        for (var i = 0; i < EntryCount; i++)
        {
            var entry = sector.Slice(FirstEntry + (i * EntrySize), EntrySize);

            // The boot sector of a FAT file system has the same signature, but code where the table would be: a
            // status other than 0 and 0x80 gives it away.
            if ((entry[0] & 0x7f) != 0)
            {
                return Content.None;
            }

            if (entry[4] == Protective)
            {
                content = Content.Protective;
            }
            else if (
                entry[4] != 0
                && BinaryPrimitives.ReadUInt32LittleEndian(entry[12..]) != 0
                && content is Content.None
            )
            {
                content = Content.Partitions;
            }
        }

        return content;
    }
}
