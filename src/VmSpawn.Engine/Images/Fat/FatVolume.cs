using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Images.Fat;

/// <summary>
/// A FAT12, FAT16 or FAT32 file system with long names, read only. Whoever made it may be hostile: nothing is read from
/// outside of the volume, and no chain of clusters is followed without end.
/// </summary>
internal sealed class FatVolume
{
    /// <summary>Most records in a directory ("FAT32 File System Specification", section 6: 2 MiB).</summary>
    private const int RecordLimit = 65536;

    private readonly string path;
    private readonly DiskBytes volume;
    private readonly FatLayout layout;
    private readonly FatTable table;
    private readonly FatWork work;
    private readonly Dictionary<uint, Dictionary<string, FatEntry>> directories = [];

    private FatVolume(string path, DiskBytes volume, FatLayout layout)
    {
        (this.path, this.volume, this.layout) = (path, volume, layout);
        work = new FatWork(path);
        table = new FatTable(volume, layout, work);
    }

    /// <summary>Bits of an entry of the table: 12, 16 or 32.</summary>
    public int Bits => layout.Bits;

    /// <summary>Opens a file system.</summary>
    /// <param name="path">The image, for messages.</param>
    /// <param name="volume">The bytes of the partition.</param>
    /// <exception cref="InvalidFileException"><c>InvalidFatFileSystem</c>: there is none, or a damaged one.</exception>
    public static FatVolume Open(string path, DiskBytes volume)
    {
        var (layout, problem) = FatLayout.Read(volume);
        return layout is null ? throw Invalid(path, problem!) : new FatVolume(path, volume, layout);
    }

    /// <summary>Finds a file or directory; case does not matter.</summary>
    /// <param name="name">Path from the root, such as <c>EFI/Linux</c>; empty for the root itself.</param>
    /// <exception cref="InvalidFileException"><c>InvalidFatFileSystem</c>: a directory on the way is damaged.</exception>
    public FatEntry? Find(string name)
    {
        var current = new FatEntry("", IsDirectory: true, layout.RootCluster, 0, -1);
        foreach (var component in name.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!current.IsDirectory || !Read(current).TryGetValue(component, out var next))
            {
                return null;
            }

            current = next;
        }

        return current;
    }

    /// <summary>What is in a directory, in its own order; of equal names the first.</summary>
    /// <exception cref="InvalidFileException"><c>InvalidFatFileSystem</c>: it is damaged.</exception>
    public IReadOnlyCollection<FatEntry> List(FatEntry directory) => Read(directory).Values;

    /// <summary>Opens a file for reading.</summary>
    public Stream Open(FatEntry file) => new FatFileStream(volume, new FatChain(layout, table, file), file.Length);

    /// <summary>Where the bytes of a file are in the image, in order.</summary>
    /// <param name="file">The file.</param>
    /// <param name="limit">Most ranges that are of use.</param>
    /// <returns>The ranges, or <see langword="null"/> if there are more.</returns>
    /// <exception cref="IOException">Its clusters end before it does.</exception>
    public IReadOnlyList<DiskExtent>? Locate(FatEntry file, int limit)
    {
        var extents = new List<DiskExtent>();
        var chain = new FatChain(layout, table, file);
        for (long done = 0; done < file.Length; )
        {
            var (place, room) = chain.Place(done);
            var offset = volume.Start + place;
            var length = Math.Min(room, file.Length - done);
            done += length;
            if (extents.Count > 0 && extents[^1].Offset + extents[^1].Length == offset)
            {
                extents[^1] = extents[^1] with { Length = extents[^1].Length + length };
            }
            else if (extents.Count == limit)
            {
                return null;
            }
            else
            {
                extents.Add(new DiskExtent(offset, length));
            }
        }

        return extents;
    }

    /// <summary>The record of a file as it is in its directory, and its place in the image.</summary>
    public (long Offset, byte[] Bytes) ReadRecord(FatEntry file) =>
        (
            volume.Start + file.RecordOffset,
            volume.TryRead(file.RecordOffset, FatEntry.RecordLength)
                ?? throw new IOException($"The directory record of '{file.Name}' cannot be read.")
        );

    internal static InvalidFileException Invalid(string path, string reason) =>
        new(
            "InvalidFatFileSystem",
            "FAT file system in image",
            path,
            reason,
            "Check the partition with 'fsck.vfat -n', or make the image anew."
        );

    private Dictionary<string, FatEntry> Read(FatEntry directory)
    {
        if (!directories.TryGetValue(directory.FirstCluster, out var names))
        {
            names = new Dictionary<string, FatEntry>(StringComparer.OrdinalIgnoreCase);
            foreach (var entry in ReadRecords(directory))
            {
                names.TryAdd(entry.Name, entry);
            }

            directories.Add(directory.FirstCluster, names);
        }

        return names;
    }

    private IEnumerable<FatEntry> ReadRecords(FatEntry directory)
    {
        var reader = new FatDirectory(layout.Bits == 32);
        var records = 0;
        foreach (var (offset, length) in Pieces(directory))
        {
            records += length / FatEntry.RecordLength;
            if (records > RecordLimit)
            {
                throw Invalid(path, $"its directory '{OneLine.Of(directory.Name, 60)}' has no end");
            }

            work.Spend(length / FatEntry.RecordLength * FatWork.Record);
            var bytes = volume.TryRead(offset, length) ?? throw Invalid(path, "a directory lies outside");
            foreach (var entry in reader.Read(bytes, offset))
            {
                yield return entry;
            }

            if (reader.IsAtEnd)
            {
                yield break;
            }
        }
    }

    private IEnumerable<(long Offset, int Length)> Pieces(FatEntry directory)
    {
        if (directory.FirstCluster == 0 && layout.Bits != 32)
        {
            yield return (layout.RootOffset, layout.RootLength);
            yield break;
        }

        if (!layout.IsCluster(directory.FirstCluster))
        {
            throw Invalid(path, $"its directory '{OneLine.Of(directory.Name, 60)}' lies outside");
        }

        for (uint? cluster = directory.FirstCluster; cluster is { } number; cluster = table.Next(number))
        {
            yield return (layout.OffsetOf(number), layout.ClusterLength);
        }
    }
}
