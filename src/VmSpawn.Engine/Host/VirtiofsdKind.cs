namespace VmSpawn.Engine.Host;

/// <summary>The two programs that are called virtiofsd.</summary>
public enum VirtiofsdKind
{
    /// <summary>The one that came with QEMU up to version 7.2, written in C.</summary>
    C,

    /// <summary>Its successor, a project of its own, written in Rust.</summary>
    Rust,
}
