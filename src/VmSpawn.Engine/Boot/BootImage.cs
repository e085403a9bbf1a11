using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Images;
using VmSpawn.Engine.Images.Fat;

namespace VmSpawn.Engine.Boot;

/// <summary>
/// The boot partitions of a raw disk image as a tree of files: <c>/efi</c> is its EFI system partition, <c>/boot</c> its
/// extended boot loader partition (UAPI.2), as they would be mounted. Either may be missing.
/// </summary>
internal sealed class BootImage : IFileTree, IDisposable
{
    /// <summary>Path of the EFI system partition.</summary>
    public const string SystemRoot = "/efi";

    /// <summary>Path of the extended boot loader partition.</summary>
    public const string ExtendedRoot = "/boot";

    private readonly Stream stream;
    private readonly Dictionary<string, FatVolume> volumes = new(StringComparer.Ordinal);

    private BootImage(string path, Stream stream) => (Path, this.stream) = (path, stream);

    /// <summary>The image.</summary>
    public string Path { get; }

    /// <summary>What the user should know of the image.</summary>
    public string? Warning { get; private set; }

    /// <summary>Opens an image or block device.</summary>
    /// <exception cref="VmSpawnException">
    /// <c>BootImageNotRaw</c>, <c>BootPartitionTableNotFound</c>, <c>BootPartitionNotFound</c> or
    /// <c>InvalidFatFileSystem</c>.
    /// </exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller may not read it.</exception>
    public static BootImage Open(IHostFiles files, string path)
    {
        var length = files.GetLength(path);
        var image = new BootImage(path, files.OpenRead(path));
        try
        {
            image.OpenVolumes(new DiskBytes(image.stream, length));
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    /// <inheritdoc/>
    public FileKind GetKind(string path) =>
        Find(path) switch
        {
            null => FileKind.Missing,
            { Entry.IsDirectory: true } => FileKind.Directory,
            _ => FileKind.Regular,
        };

    /// <inheritdoc/>
    public bool CanRead(string path) => Find(path) is not null;

    /// <inheritdoc/>
    public long GetLength(string path) => File(path).Entry.Length;

    /// <inheritdoc/>
    public Stream OpenRead(string path)
    {
        var (volume, entry) = File(path);
        return volume.Open(entry);
    }

    /// <inheritdoc/>
    public IEnumerable<string> EnumerateNames(string directory) =>
        Find(directory) is { Entry.IsDirectory: true } found
            ? found.Volume.List(found.Entry).Select(entry => entry.Name)
            : [];

    /// <inheritdoc/>
    public string? ReadLink(string path) => null;

    /// <inheritdoc/>
    public (ulong Device, ulong Inode)? GetIdentity(string path) =>
        Find(path) is { Entry.RecordOffset: >= 0 } found
            ? (found.Volume == volumes.GetValueOrDefault(SystemRoot) ? 1u : 2u, (ulong)found.Entry.RecordOffset)
            : null;

    /// <summary>Where a file's bytes are in the image.</summary>
    /// <exception cref="VmSpawnException"><c>BootFileNotFound</c>, <c>BootFileDamaged</c> or <c>BootFileFragmented</c>.</exception>
    public ImageFile Locate(string path)
    {
        if (Find(path) is not { Entry.IsDirectory: false } found)
        {
            throw new VmSpawnException(
                "BootFileNotFound",
                VmErrorKind.NotFound,
                $"There is no file '{path}' in image '{Path}' (any more).",
                Path,
                "List the entries of the image anew with Get-VmBootEntry."
            );
        }

        try
        {
            var extents = found.Volume.Locate(found.Entry, ImageFile.ExtentLimit) ?? throw Fragmented(path);
            var (offset, record) = found.Volume.ReadRecord(found.Entry);
            return new ImageFile(Path, path, [.. extents], offset, [.. record]);
        }
        catch (IOException e)
        {
            throw new VmSpawnException(
                "BootFileDamaged",
                VmErrorKind.InvalidData,
                $"'{path}' in image '{Path}' cannot be read: {e.Message}",
                Path,
                "Check the partition with 'fsck.vfat -n'.",
                e
            );
        }
    }

    private void OpenVolumes(DiskBytes disk)
    {
        var format = DiskImage.ReadHeader(disk, Path).Format;
        if (format is not DiskFormat.Raw)
        {
            throw new VmSpawnException(
                "BootImageNotRaw",
                VmErrorKind.InvalidData,
                $"Boot entries can be read from a raw image only, and '{Path}' has the format {DiskFormatText.Format(format)}.",
                Path,
                $"Convert it with 'qemu-img convert -O raw', or attach it with qemu-nbd and name the block device."
            );
        }

        var table = PartitionTable.Read(disk);
        if (table.Kind is not PartitionTableKind.Gpt)
        {
            throw new VmSpawnException(
                "BootPartitionTableNotFound",
                VmErrorKind.InvalidData,
                table.Kind is PartitionTableKind.Mbr
                    ? $"Image '{Path}' has an MBR partition table, which does not tell boot partitions from others."
                    : $"Image '{Path}' has no sound GUID partition table.",
                Path,
                "Give an image with a GUID partition table (GPT), or the directory with its boot partition mounted."
            );
        }

        var system = table.Partitions.FirstOrDefault(partition => partition.Type == Partition.EfiSystemType);
        var extended = table.Partitions.FirstOrDefault(partition =>
            partition.Type == Partition.ExtendedBootLoaderType && !partition.NoAuto
        );
        if (system is null && extended is null)
        {
            throw new VmSpawnException(
                "BootPartitionNotFound",
                VmErrorKind.NotFound,
                $"Image '{Path}' has neither an EFI system partition nor an extended boot loader partition.",
                Path,
                "Give an image that boots through UEFI firmware."
            );
        }

        if (system is not null)
        {
            volumes.Add(SystemRoot, FatVolume.Open(Path, disk.Slice(system.Offset, system.Length)));
        }

        if (extended is not null)
        {
            OpenExtended(disk.Slice(extended.Offset, extended.Length), isOnly: system is null);
        }
    }

    // Other than the EFI system partition it may have any file system.
    private void OpenExtended(DiskBytes partition, bool isOnly)
    {
        try
        {
            volumes.Add(ExtendedRoot, FatVolume.Open(Path, partition));
        }
        catch (InvalidFileException e) when (!isOnly)
        {
            Warning =
                $"The extended boot loader partition of image '{Path}' is passed over: it has no sound FAT file system ({e.Reason}).";
        }
    }

    private (FatVolume Volume, FatEntry Entry)? Find(string path)
    {
        foreach (var (root, volume) in volumes)
        {
            if (path == root || (path.StartsWith(root, StringComparison.Ordinal) && path[root.Length] == '/'))
            {
                return volume.Find(path[root.Length..]) is { } entry ? (volume, entry) : null;
            }
        }

        return null;
    }

    private (FatVolume Volume, FatEntry Entry) File(string path) =>
        Find(path) ?? throw new FileNotFoundException($"'{path}' does not exist.", path);

    private VmSpawnException Fragmented(string path) =>
        new(
            "BootFileFragmented",
            VmErrorKind.InvalidData,
            $"'{path}' in image '{Path}' lies in more than {ImageFile.ExtentLimit} pieces.",
            Path,
            "Copy the file out of the image, and give it with -Linux or -Initrd."
        );
}
