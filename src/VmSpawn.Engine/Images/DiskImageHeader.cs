using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Images;

/// <summary>What a disk image says about itself in its first bytes.</summary>
/// <param name="Format">Its format; raw if it has the header of no other.</param>
/// <param name="VirtualSize">Size in bytes of the disk that a guest sees, or <see langword="null"/> if the header does not say it.</param>
/// <param name="BackingFile">
/// File that a qcow2 image is based on, as it is written there, or <see langword="null"/>. A guest that had its disk
/// attached as raw can write such a header itself: take an image with a backing file only where the user named the
/// format or the image.
/// </param>
/// <param name="HasDataFile">True if a qcow2 image keeps its data in another file.</param>
public sealed record DiskImageHeader(
    DiskFormat Format,
    long? VirtualSize,
    string? BackingFile = null,
    bool HasDataFile = false
);
