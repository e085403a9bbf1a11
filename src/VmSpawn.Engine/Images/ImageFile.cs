using System.Collections.Immutable;

namespace VmSpawn.Engine.Images;

/// <summary>A file inside a disk image.</summary>
/// <param name="Image">The image.</param>
/// <param name="Path">Path of the file in it, for people.</param>
/// <param name="Extents">Where its bytes are, in order.</param>
/// <param name="RecordOffset">Place of its directory record in the image.</param>
/// <param name="Record">That record; while it is the same, so is the file.</param>
public sealed record ImageFile(
    string Image,
    string Path,
    ImmutableArray<DiskExtent> Extents,
    long RecordOffset,
    ImmutableArray<byte> Record
)
{
    /// <summary>Most pieces that a file may lie in; the plan names each of them.</summary>
    public const int ExtentLimit = 4096;
}
