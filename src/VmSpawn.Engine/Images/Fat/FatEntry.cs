namespace VmSpawn.Engine.Images.Fat;

/// <summary>A file or directory of a FAT file system.</summary>
/// <param name="Name">Long name, or the short one if there is no sound long one.</param>
/// <param name="IsDirectory">True for a directory.</param>
/// <param name="FirstCluster">First cluster of its content; 0 if there is none, and for the root of FAT12 and FAT16.</param>
/// <param name="Length">Length in bytes of a file; 0 for a directory.</param>
/// <param name="RecordOffset">Place of its record of 32 bytes in the volume; -1 for the root.</param>
internal sealed record FatEntry(string Name, bool IsDirectory, uint FirstCluster, long Length, long RecordOffset)
{
    /// <summary>Bytes in a directory's record.</summary>
    public const int RecordLength = 32;
}
