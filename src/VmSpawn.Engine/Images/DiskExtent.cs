namespace VmSpawn.Engine.Images;

/// <summary>A range of an image's bytes that belongs to one file.</summary>
/// <param name="Offset">First byte in the image.</param>
/// <param name="Length">Length in bytes, at least 1.</param>
public readonly record struct DiskExtent(long Offset, long Length);
