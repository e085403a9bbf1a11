using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Images;

namespace VmSpawn.Engine.Resolution;

/// <summary>Where a kernel that is started directly finds its root on the image (the spec, section 5.2).</summary>
internal static class RootDecider
{
    /// <summary>The word for the kernel command line, or <see langword="null"/> if none is needed.</summary>
    /// <exception cref="VmSpawnException">The image's partition table does not tell.</exception>
    public static string? Decide(
        VmConfiguration configuration,
        ResolvedDisk? disk,
        GuestArchitecture guest,
        ResolvedKernel? kernel,
        IHostFiles files,
        DecisionLog log
    )
    {
        if (disk is null || kernel is null || configuration.KernelArguments.Any(NamesRoot))
        {
            return null;
        }

        if (configuration.BootEntry is null)
        {
            return Find(disk, guest, files, log);
        }

        // A unified kernel image knows it by itself, or looks for it; another entry should name it in its options.
        if (kernel.IsUki || EntryOptions.NameRoot(kernel.Options))
        {
            return null;
        }

        try
        {
            return Find(disk, guest, files, log);
        }
        catch (VmSpawnException e)
        {
            log.Decide("root", "not named", $"the boot entry does not name it, and {e.Message}");
            return null;
        }
    }

    private static string Find(ResolvedDisk disk, GuestArchitecture guest, IHostFiles files, DecisionLog log)
    {
        if (Types(guest) is not { } native)
        {
            throw new VmSpawnException(
                "RootTypeUnknown",
                VmErrorKind.InvalidData,
                $"Root partitions of {guest} are not known by a type in the partition table of '{disk.Path}'.",
                disk.Path,
                "Name the root partition with a kernel argument such as root=/dev/vda2."
            );
        }

        var secondary = guest.Secondary is { } name ? Types(GuestArchitecture.Find(name)!) : null;
        var table = ReadTable(disk, files);
        var root = RootPartition.Find(table, disk.Path, native, secondary);
        log.Decide("root", root.KernelArgument, $"that is what the partition table of '{disk.Path}' says");
        return root.KernelArgument;
    }

    private static PartitionTable ReadTable(ResolvedDisk disk, IHostFiles files)
    {
        try
        {
            return disk.Format switch
            {
                DiskFormat.Raw => HostFileCheck.Read(disk.Path, "Image", () => PartitionTable.Read(files, disk.Path)),
                DiskFormat.Qcow2 => HostFileCheck.Read(
                    disk.Path,
                    "Image",
                    () => PartitionTable.ReadQcow2(files, disk.Path)
                ),
                var other => throw new NotSupportedException($"it is a {DiskFormatText.Format(other)} image"),
            };
        }
        catch (NotSupportedException e)
        {
            throw new VmSpawnException(
                "RootNotReadable",
                VmErrorKind.InvalidData,
                $"The partition table of '{disk.Path}' cannot be read: {e.Message}. A kernel that is started directly needs to know its root partition.",
                disk.Path,
                "Name the root partition with a kernel argument such as root=/dev/vda2.",
                e
            );
        }
    }

    private static RootPartitionTypes? Types(GuestArchitecture architecture) =>
        architecture is { RootPartitionType: { } root, UsrPartitionType: { } usr }
            ? new RootPartitionTypes(root, usr)
            : null;

    private static bool NamesRoot(string word) =>
        word.StartsWith("root=", StringComparison.Ordinal) || word.StartsWith("mount.usr=", StringComparison.Ordinal);
}
