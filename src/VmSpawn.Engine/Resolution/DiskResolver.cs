using System.Security.Cryptography;
using System.Text;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>Looks at the disk images before QEMU does.</summary>
internal sealed class DiskResolver(IHostFiles files, IDiskInspector inspector, DecisionLog log)
{
    /// <summary>The disk that the VM boots from.</summary>
    /// <exception cref="VmSpawnException">The image is missing, unusable, empty, of a wrong format or in use.</exception>
    public ResolvedDisk ResolvePrimary(VmConfiguration configuration, string path)
    {
        var isBlockDevice = CheckedKind(path) is FileKind.BlockDevice;
        var readOnly = configuration.ImageDiskType is DiskType.ScsiCd;
        CheckAccess(path, forWriting: !readOnly);
        return new ResolvedDisk
        {
            Path = path,
            Format = Format(path, isBlockDevice, configuration.ImageFormat),
            Type = configuration.ImageDiskType,
            IsBlockDevice = isBlockDevice,
            IsReadOnly = readOnly,
            IsPrimary = true,
            Discard = configuration.DiscardDisk && !readOnly,
            Serial = SerialOf(path, configuration.ImageDiskType),
        };
    }

    private FileKind CheckedKind(string path)
    {
        HostFileCheck.Exists(files, path, "Image");
        var kind = files.GetKind(path);
        switch (kind)
        {
            case FileKind.Directory:
                throw new VmSpawnException(
                    "ImageIsDirectory",
                    VmErrorKind.InvalidArgument,
                    $"Image '{path}' is a directory.",
                    path,
                    "Use -Directory to boot from a directory tree."
                );
            case not (FileKind.Regular or FileKind.BlockDevice):
                throw new VmSpawnException(
                    "ImageNotAFile",
                    VmErrorKind.InvalidArgument,
                    $"Image '{path}' is neither a regular file nor a block device.",
                    path,
                    "Give the path of a disk image or of a block device."
                );
        }

        return kind;
    }

    private void CheckAccess(string path, bool forWriting)
    {
        if (!files.CanRead(path))
        {
            throw HostFileCheck.Denied("ImageNotReadable", $"Image '{path}' cannot be read: permission denied.", path);
        }

        if (forWriting && !files.CanWrite(path))
        {
            throw HostFileCheck.Denied(
                "ImageNotWritable",
                $"Image '{path}' cannot be written: permission denied.",
                path
            );
        }

        if (files.GetLength(path) == 0)
        {
            throw new VmSpawnException(
                "ImageEmpty",
                VmErrorKind.InvalidData,
                $"Image '{path}' is empty.",
                path,
                "Give a disk image with an operating system on it."
            );
        }

        if (files.IsLockedByQemu(path, forWriting))
        {
            throw new VmSpawnException(
                "ImageInUse",
                VmErrorKind.Busy,
                $"Image '{path}' is in use by another VM.",
                path,
                "Stop that VM (Get-VmSpawn lists yours), or use a copy of the image."
            );
        }
    }

    private DiskFormat Format(string path, bool isBlockDevice, DiskFormat? wanted)
    {
        if (isBlockDevice)
        {
            return wanted is null or DiskFormat.Raw
                ? DiskFormat.Raw
                : throw new VmSpawnException(
                    "BlockDeviceNotRaw",
                    VmErrorKind.ConflictingArguments,
                    $"Block device '{path}' cannot be used with format '{DiskFormatText.Format(wanted.Value)}', only with 'raw'.",
                    path,
                    "Leave the format out."
                );
        }

        if (wanted is { } given)
        {
            return given;
        }

        var format = inspector.DetectFormat(path);
        log.Decide("image format", DiskFormatText.Format(format), $"that is what the header of '{path}' says");
        return format;
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
