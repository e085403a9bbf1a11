using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Configuration;

/// <summary>Which firmware the VM gets: found automatically, of a kind, none, or described by a named file.</summary>
public sealed record FirmwareChoice
{
    private const string Option = "firmware";

    private FirmwareChoice(FirmwareKind kind, HostPath? descriptor)
    {
        Kind = kind;
        Descriptor = descriptor;
    }

    /// <summary>UEFI, from the first descriptor of the host that fits.</summary>
    public static FirmwareChoice Auto { get; } = new(FirmwareKind.Auto, null);

    /// <summary>UEFI, demanded.</summary>
    public static FirmwareChoice Uefi { get; } = new(FirmwareKind.Uefi, null);

    /// <summary>The BIOS that QEMU brings along.</summary>
    public static FirmwareChoice Bios { get; } = new(FirmwareKind.Bios, null);

    /// <summary>No firmware of ours: only a kernel given with <c>-Linux</c> can start.</summary>
    public static FirmwareChoice None { get; } = new(FirmwareKind.None, null);

    /// <summary>What sort of choice it is.</summary>
    public FirmwareKind Kind { get; }

    /// <summary>The firmware descriptor (QEMU's <c>docs/interop/firmware.json</c>) if <see cref="Kind"/> says so.</summary>
    public HostPath? Descriptor { get; }

    /// <summary>The firmware that a descriptor file describes.</summary>
    public static FirmwareChoice FromDescriptor(HostPath descriptor) => new(FirmwareKind.Descriptor, descriptor);

    /// <summary>
    /// Reads <c>auto</c>, <c>uefi</c>, <c>bios</c>, <c>none</c> (case matters, as in the original), or the path of a
    /// descriptor, absolute or starting with <c>./</c>; empty is automatic.
    /// </summary>
    /// <exception cref="InvalidValueException">It is none of them.</exception>
    public static FirmwareChoice Parse(string? text, string baseDirectory) =>
        text switch
        {
            "" or "auto" => Auto,
            "uefi" => Uefi,
            "bios" => Bios,
            "none" => None,
            _ => FromDescriptor(HostPath.ResolveMarked(text, baseDirectory, Option)),
        };

    /// <summary>The text that gives this choice again.</summary>
    public override string ToString() =>
        Kind is FirmwareKind.Descriptor ? Descriptor!.Value : Kind.ToString().ToLowerInvariant();
}
