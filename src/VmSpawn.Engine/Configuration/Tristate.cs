namespace VmSpawn.Engine.Configuration;

/// <summary>On, off, or as the host allows.</summary>
public enum Tristate
{
    /// <summary>Decided by what the host has; the decision and its reason are reported.</summary>
    Auto,

    /// <summary>Demanded: an error if it cannot be had.</summary>
    Yes,

    /// <summary>Never.</summary>
    No,
}
