namespace VmSpawn.Engine.Planning;

/// <summary>A claim on a disk image, other file or directory tree for as long as the VM runs.</summary>
/// <param name="Path">Absolute path of the file, block device or directory tree.</param>
/// <param name="Writable">True excludes every other claim, false excludes writable ones.</param>
public sealed record ImageClaim(string Path, bool Writable);
