namespace VmSpawn.Engine.Boot;

/// <summary>By whose rules a boot menu is read.</summary>
public enum BootEntryRules
{
    /// <summary>
    /// The Boot Loader Specification (UAPI.1): entries without tries left come last, those for another architecture are
    /// not chosen, and an entry's options count.
    /// </summary>
    Specification,

    /// <summary>systemd-vmspawn (the spec, section 4): boot counters, architectures and options do not count.</summary>
    SystemdVmspawn,
}
