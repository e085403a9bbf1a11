using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Images;

namespace VmSpawn.Engine.Resolution;

/// <summary>Looks at the disk images before QEMU does.</summary>
internal sealed class DiskResolver(VmConfiguration configuration, IHostFiles files, DecisionLog log)
{
    /// <summary>The disk to boot from, if there is one, and the extra ones behind it.</summary>
    /// <exception cref="VmSpawnException">An image is missing, unusable, empty, of a wrong format or in use.</exception>
    public ImmutableArray<ResolvedDisk> Resolve(HostPath? image)
    {
        var disks = ImmutableArray.CreateBuilder<ResolvedDisk>();
        if (image is not null)
        {
            disks.Add(Primary(image.Value));
        }

        foreach (var drive in configuration.ExtraDrives)
        {
            disks.Add(Extra(drive));
            CheckNotTwice(disks);
        }

        return disks.ToImmutable();
    }

    // Two guests' disks that are one file would overwrite each other.
    private void CheckNotTwice(ImmutableArray<ResolvedDisk>.Builder disks)
    {
        var last = disks[^1];
        var other = disks
            .Take(disks.Count - 1)
            .FirstOrDefault(disk => files.GetIdentity(disk.Path) == files.GetIdentity(last.Path));
        if (other is not null && !(IsOnlyRead(other) && IsOnlyRead(last)))
        {
            throw new VmSpawnException(
                "DriveGivenTwice",
                VmErrorKind.ConflictingArguments,
                $"The extra drive '{last.Path}' is the same file as the drive '{other.Path}' of this VM.",
                last.Path,
                "Leave one of them out, or use a copy."
            );
        }
    }

    private static bool IsOnlyRead(ResolvedDisk disk) => disk.IsReadOnly || disk.IsEphemeral;

    private ResolvedDisk Primary(string path)
    {
        var type = configuration.ImageDiskType;
        var disk = Open(path, type, "Image") with
        {
            IsPrimary = true,
            Discard = configuration.DiscardDisk && type is not DiskType.ScsiCd,
        };
        disk = configuration.ImageFormat is { } given ? CheckedFormat(disk, given) : DetectFormat(disk);
        if (type is DiskType.ScsiCd)
        {
            WarnOfUselessOptions();
            return disk;
        }

        return ImageGrowth.Apply(configuration, disk, files, log);
    }

    // Without a word about its format a drive is raw, as in the original: its content may be anything.
    private ResolvedDisk Extra(DriveSpec drive)
    {
        var disk = Open(drive.Path.Value, drive.Type ?? configuration.ImageDiskType, "ExtraDrive");
        if (drive.Format is { } format)
        {
            return CheckedFormat(disk, format);
        }

        if (!disk.IsBlockDevice && Header(disk.Path) is { Format: not DiskFormat.Raw } header)
        {
            var name = DiskFormatText.Format(header.Format);
            log.Warn($"The extra drive '{disk.Path}' is used as raw, but looks like {name}; say {name}:PATH if it is.");
        }

        return disk with
        {
            VirtualSize = files.GetLength(disk.Path),
        };
    }

    private ResolvedDisk Open(string path, DiskType type, string what)
    {
        var isBlockDevice = DiskFileCheck.CheckKind(files, path, what) is FileKind.BlockDevice;
        var readOnly = type is DiskType.ScsiCd;
        var ephemeral = configuration.Ephemeral && !readOnly;
        DiskFileCheck.CheckAccess(files, path, forWriting: !readOnly && !ephemeral, what);
        return new ResolvedDisk
        {
            Path = path,
            Format = DiskFormat.Raw,
            Type = type,
            IsBlockDevice = isBlockDevice,
            IsReadOnly = readOnly,
            IsEphemeral = ephemeral,
            Serial = SerialOf(path, type),
        };
    }

    private ResolvedDisk CheckedFormat(ResolvedDisk disk, DiskFormat format)
    {
        if (format is DiskFormat.Raw)
        {
            return disk with { Format = format, VirtualSize = files.GetLength(disk.Path) };
        }

        if (disk.IsBlockDevice)
        {
            throw new VmSpawnException(
                "BlockDeviceNotRaw",
                VmErrorKind.ConflictingArguments,
                $"Block device '{disk.Path}' cannot be used with format '{DiskFormatText.Format(format)}', only with 'raw'.",
                disk.Path,
                "Leave the format out."
            );
        }

        var header = Header(disk.Path);
        return header.Format == format
            ? disk with
            {
                Format = format,
                VirtualSize = header.VirtualSize,
            }
            : throw new VmSpawnException(
                "ImageFormatMismatch",
                VmErrorKind.InvalidData,
                $"'{disk.Path}' is no {DiskFormatText.Format(format)} image.",
                disk.Path,
                "Leave the format out, or check the file with 'qemu-img info'."
            );
    }

    private ResolvedDisk DetectFormat(ResolvedDisk disk)
    {
        if (disk.IsBlockDevice)
        {
            return disk with { VirtualSize = files.GetLength(disk.Path) };
        }

        var header = Header(disk.Path);
        if (header.BackingFile is not null || header.HasDataFile)
        {
            // A guest can write such a header onto its raw disk, to be handed other files of the host the next time.
            throw new VmSpawnException(
                "ImageRefersToFile",
                VmErrorKind.InvalidData,
                $"Image '{disk.Path}' looks like {DiskFormatText.Format(header.Format)} and takes data from another file, '{header.BackingFile ?? "a data file"}'.",
                disk.Path,
                "Say -ImageFormat qcow2 if you trust it, or -ImageFormat raw."
            );
        }

        log.Decide("image format", DiskFormatText.Format(header.Format), $"the header of '{disk.Path}' says so");
        return disk with { Format = header.Format, VirtualSize = header.VirtualSize };
    }

    private DiskImageHeader Header(string path) =>
        HostFileCheck.Read(path, "Image", () => DiskImage.ReadHeader(files, path));

    private void WarnOfUselessOptions()
    {
        foreach (
            var (given, option) in ((bool, string)[])
                [(configuration.Ephemeral, "Ephemeral"), (configuration.GrowImage is not null, "GrowImage")]
        )
        {
            if (given)
            {
                log.Warn($"-{option} has no effect on a scsi-cd, which is read-only.");
            }
        }
    }

    // The file name where the device can hold it, else as much of its hash as fits, so that it is the same every time.
    private static string SerialOf(string path, DiskType type)
    {
        // QEMU: VIRTIO_BLK_ID_BYTES, the NVMe specification's SN field, and what scsi-disk.c accepts.
        var limit = type is DiskType.VirtioBlk or DiskType.Nvme ? 20 : 30;
        var name = Path.GetFileName(path);
        return Encoding.UTF8.GetByteCount(name) <= limit && !name.Any(char.IsControl)
            ? name
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..limit];
    }
}
