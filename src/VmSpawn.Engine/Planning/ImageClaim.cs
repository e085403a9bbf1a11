namespace VmSpawn.Engine.Planning;

/// <summary>A claim on a disk image or other file for as long as the VM runs.</summary>
/// <param name="Path">Absolute path of the file or block device.</param>
/// <param name="Writable">True excludes every other claim, false excludes writable ones.</param>
public sealed record ImageClaim(string Path, bool Writable);
