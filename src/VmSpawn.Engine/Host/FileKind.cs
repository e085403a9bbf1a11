namespace VmSpawn.Engine.Host;

/// <summary>What a path names, after symbolic links.</summary>
public enum FileKind
{
    /// <summary>Nothing, or a dangling link.</summary>
    Missing,

    /// <summary>A regular file.</summary>
    Regular,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A block device.</summary>
    BlockDevice,

    /// <summary>A character device.</summary>
    CharacterDevice,

    /// <summary>A FIFO, a socket or anything else.</summary>
    Other,

    /// <summary>It may exist, but the caller may not look.</summary>
    Inaccessible,
}
