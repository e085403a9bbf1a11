using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Resolution;

/// <summary>One disk of the VM.</summary>
public sealed record ResolvedDisk
{
    /// <summary>Absolute path of the image or block device.</summary>
    public required string Path { get; init; }

    /// <summary>Its format.</summary>
    public required DiskFormat Format { get; init; }

    /// <summary>The device it appears as.</summary>
    public required DiskType Type { get; init; }

    /// <summary>True for a block device, false for a regular file.</summary>
    public bool IsBlockDevice { get; init; }

    /// <summary>True if the guest cannot write to it.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>True if discarded blocks are given back to the host.</summary>
    public bool Discard { get; init; }

    /// <summary>True for the disk that the VM boots from.</summary>
    public bool IsPrimary { get; init; }

    /// <summary>True if all writes go to an overlay that ends with the VM.</summary>
    public bool IsEphemeral { get; init; }

    /// <summary>Size in bytes that the guest sees, where it is known and matters.</summary>
    public long? VirtualSize { get; init; }

    /// <summary>Length in bytes to which the image is grown first, or <see langword="null"/>.</summary>
    public long? GrowTo { get; init; }

    /// <summary>Serial number that the guest sees.</summary>
    public required string Serial { get; init; }
}
