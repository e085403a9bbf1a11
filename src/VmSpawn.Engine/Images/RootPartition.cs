using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Images;

/// <summary>GPT types by which the root and <c>/usr</c> partitions of an architecture are found (UAPI.2, Discoverable Partitions Specification).</summary>
/// <param name="Root">Type of the root partition.</param>
/// <param name="Usr">Type of the <c>/usr</c> partition.</param>
public sealed record RootPartitionTypes(Guid Root, Guid Usr);

/// <summary>The partition from which a kernel that is started directly gets its root (the spec, section 5.2).</summary>
/// <param name="Partition">The partition.</param>
/// <param name="IsUsr">True if it holds <c>/usr</c>, false if it holds the whole root.</param>
public sealed record RootPartition(Partition Partition, bool IsUsr)
{
    /// <summary>The word for the kernel command line, such as <c>root=PARTUUID=4f68bce3-…</c>.</summary>
    public string KernelArgument => $"{(IsUsr ? "mount.usr" : "root")}=PARTUUID={Partition.Id:D}";

    /// <summary>
    /// Finds it: the root partition of the architecture, else its <c>/usr</c> partition, else those of the second
    /// architecture. Of several, the one whose label is the newest version; those marked "no auto" are passed over.
    /// </summary>
    /// <param name="table">The image's partition table.</param>
    /// <param name="path">The image, for messages.</param>
    /// <param name="native">Types of the guest's architecture.</param>
    /// <param name="secondary">Types of the architecture that it can also run, such as 32-bit beside 64-bit, or <see langword="null"/>.</param>
    /// <exception cref="VmSpawnException"><c>PartitionTableNotFound</c> or <c>RootPartitionNotFound</c>.</exception>
    public static RootPartition Find(
        PartitionTable table,
        string path,
        RootPartitionTypes native,
        RootPartitionTypes? secondary
    )
    {
        if (table.Kind is PartitionTableKind.None)
        {
            throw NotFound("PartitionTableNotFound", path, $"Image '{path}' has no sound partition table");
        }

        foreach (var types in new[] { native, secondary }.OfType<RootPartitionTypes>())
        {
            if ((Newest(table, types.Root, isUsr: false) ?? Newest(table, types.Usr, isUsr: true)) is { } found)
            {
                return found;
            }
        }

        throw NotFound(
            "RootPartitionNotFound",
            path,
            table.Kind is PartitionTableKind.Mbr
                ? $"Image '{path}' has an MBR partition table, which does not tell a root or /usr partition from others"
                : $"The partition table of image '{path}' has no root or /usr partition of this architecture"
        );
    }

    private static RootPartition? Newest(PartitionTable table, Guid type, bool isUsr) =>
        table
            .Partitions.Where(partition => partition.Type == type && !partition.NoAuto)
            .OrderByDescending(partition => partition.Label, VersionOrder.Instance)
            .Select(partition => new RootPartition(partition, isUsr))
            .FirstOrDefault();

    private static VmSpawnException NotFound(string errorId, string path, string message) =>
        new(
            errorId,
            VmErrorKind.InvalidData,
            $"{message}; a kernel that is started directly cannot find its root there.",
            path,
            "Name the root partition with a kernel argument such as root=/dev/vda2, or leave the kernel out to boot through firmware."
        );
}
