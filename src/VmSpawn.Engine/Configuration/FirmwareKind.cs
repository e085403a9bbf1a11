namespace VmSpawn.Engine.Configuration;

/// <summary>The sorts of <see cref="FirmwareChoice"/>.</summary>
public enum FirmwareKind
{
    /// <summary>UEFI, found by its descriptor.</summary>
    Auto,

    /// <summary>UEFI, demanded.</summary>
    Uefi,

    /// <summary>QEMU's own BIOS.</summary>
    Bios,

    /// <summary>None: a kernel is started directly.</summary>
    None,

    /// <summary>What a named descriptor file describes.</summary>
    Descriptor,
}
