using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>Growing the image before it is booted (the spec, section 11.1).</summary>
internal static class ImageGrowth
{
    private const ulong Granularity = 4096;

    /// <summary>The disk with its new size, if it gets one; an image never shrinks.</summary>
    /// <exception cref="VmSpawnException">Its format cannot be grown so.</exception>
    public static ResolvedDisk Apply(
        VmConfiguration configuration,
        ResolvedDisk disk,
        IHostFiles files,
        DecisionLog log
    )
    {
        if (configuration.GrowImage is not { Bytes: > 0 } wanted)
        {
            return disk;
        }

        if (wanted.Bytes > long.MaxValue - Granularity)
        {
            throw ValueError.Create(
                "grow-image",
                wanted.ToString(),
                "no file can be that long",
                "Give a smaller size."
            );
        }

        var target = (long)((wanted.Bytes + Granularity - 1) / Granularity * Granularity);
        if (disk.IsEphemeral)
        {
            return disk with { VirtualSize = Math.Max(target, disk.VirtualSize ?? 0) };
        }

        if (disk.Format is not DiskFormat.Raw)
        {
            var format = DiskFormatText.Format(disk.Format);
            throw new VmSpawnException(
                "GrowImageNotRaw",
                VmErrorKind.ConflictingArguments,
                $"Growing an image (--grow-image) is not possible for {format} images such as '{disk.Path}'.",
                disk.Path,
                $"Use 'qemu-img resize {disk.Path} {wanted}', or -Ephemeral."
            );
        }

        if (disk.IsBlockDevice)
        {
            log.Warn($"-GrowImage has no effect on the block device '{disk.Path}'.");
            return disk;
        }

        var length = files.GetLength(disk.Path);
        if (length >= target)
        {
            return disk;
        }

        log.Decide("image size", $"{target} bytes", $"'{disk.Path}' has {length} and was to be grown");
        return disk with { GrowTo = target, VirtualSize = target };
    }
}
