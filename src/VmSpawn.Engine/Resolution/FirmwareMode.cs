namespace VmSpawn.Engine.Resolution;

/// <summary>How a VM's first instructions come about.</summary>
public enum FirmwareMode
{
    /// <summary>UEFI firmware of the host.</summary>
    Uefi,

    /// <summary>The firmware that QEMU brings along: the BIOS of a PC, or what the machine has instead.</summary>
    Bios,

    /// <summary>No firmware; QEMU starts the kernel.</summary>
    None,
}
