namespace VmSpawn.Engine.Resolution;

/// <summary>How a VM's first instructions come about.</summary>
public enum FirmwareMode
{
    /// <summary>UEFI firmware of the host.</summary>
    Uefi,

    /// <summary>The BIOS that QEMU brings along.</summary>
    Bios,

    /// <summary>No firmware; QEMU starts the kernel.</summary>
    None,
}
