namespace VmSpawn.Engine.Resolution;

/// <summary>The firmware that was chosen.</summary>
public sealed record ResolvedFirmware
{
    /// <summary>What it is: UEFI by a descriptor, QEMU's BIOS, or none.</summary>
    public required FirmwareMode Mode { get; init; }

    /// <summary>Descriptor file it came from, or <see langword="null"/>.</summary>
    public string? Descriptor { get; init; }

    /// <summary>Code file, or <see langword="null"/> without UEFI.</summary>
    public string? Code { get; init; }

    /// <summary>Format of the code file in QEMU's spelling.</summary>
    public string CodeFormat { get; init; } = "raw";

    /// <summary>True if the code goes into flash memory, false if QEMU's <c>-bios</c> loads it into RAM.</summary>
    public bool IsFlash { get; init; } = true;

    /// <summary>Template of the variable store, or <see langword="null"/> for firmware without one.</summary>
    public string? NvramTemplate { get; init; }

    /// <summary>Format of the variable store in QEMU's spelling.</summary>
    public string NvramFormat { get; init; } = "raw";

    /// <summary>Variable store that is kept, or <see langword="null"/> for a private copy that ends with the VM.</summary>
    public string? NvramState { get; init; }

    /// <summary>True if it can do Secure Boot.</summary>
    public bool SecureBoot { get; init; }
}
