namespace VmSpawn.Engine.Images;

/// <summary>One partition of a GPT.</summary>
/// <param name="Number">Its place in the table, from 1, as in <c>/dev/vda1</c>.</param>
/// <param name="Type">Type GUID.</param>
/// <param name="Id">Its own GUID, the <c>PARTUUID</c>.</param>
/// <param name="Offset">First byte on the disk.</param>
/// <param name="Length">Length in bytes.</param>
/// <param name="Attributes">Attribute bits; the upper 16 belong to the type.</param>
/// <param name="Label">Name, up to 36 characters.</param>
public sealed record Partition(int Number, Guid Type, Guid Id, long Offset, long Length, ulong Attributes, string Label)
{
    /// <summary>EFI system partition.</summary>
    public static readonly Guid EfiSystemType = new("c12a7328-f81f-11d2-ba4b-00a0c93ec93b");

    /// <summary>Extended boot loader partition (UAPI.2).</summary>
    public static readonly Guid ExtendedBootLoaderType = new("bc13c2ff-59e6-4262-a352-b275fd6f7172");

    /// <summary>True if it is not to be used unless asked for: attribute bit 63 of the Discoverable Partitions Specification (UAPI.2).</summary>
    public bool NoAuto => (Attributes & (1UL << 63)) != 0;
}
