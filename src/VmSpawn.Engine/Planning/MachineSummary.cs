using System.Collections.Immutable;
using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Planning;

/// <summary>The facts of a VM that its users look at in a table.</summary>
public sealed record MachineSummary
{
    /// <summary>Guest architecture in QEMU's spelling, such as <c>x86_64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>QEMU machine type, such as <c>q35</c>.</summary>
    public required string MachineType { get; init; }

    /// <summary><c>kvm</c> or <c>tcg</c>.</summary>
    public required string Accelerator { get; init; }

    /// <summary>Number of virtual CPUs at start.</summary>
    public required int Cpus { get; init; }

    /// <summary>Guest memory at start, in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Primary disk image, or <see langword="null"/>.</summary>
    public string? Image { get; init; }

    /// <summary>Directory tree the guest boots from, or <see langword="null"/>.</summary>
    public string? Directory { get; init; }

    /// <summary>Kernel of a direct boot, or <see langword="null"/>.</summary>
    public string? Kernel { get; init; }

    /// <summary>Firmware code file, <c>bios</c> for QEMU's built-in one, or <see langword="null"/> for none.</summary>
    public string? Firmware { get; init; }

    /// <summary>Guest context identifier of VSOCK, or <see langword="null"/>.</summary>
    public long? VsockCid { get; init; }

    /// <summary>How the guest tells of itself: <c>vsock</c>, <c>virtio-serial</c> or <c>none</c>; <see langword="null"/> if that is not known.</summary>
    public string? NotifyTransport { get; init; }

    /// <summary>How the console is offered.</summary>
    public ConsoleMode Console { get; init; }

    /// <summary>Device behind the console.</summary>
    public ConsoleTransport ConsoleTransport { get; init; }

    /// <summary>
    /// Tint of the terminal that shows the console, as <see cref="BackgroundColor"/> has it; empty for none,
    /// <see langword="null"/> for one that follows the terminal.
    /// </summary>
    public string? Background { get; init; }

    /// <summary>Where the display is served by VNC: <c>unix:PATH</c> or <c>127.0.0.1:PORT</c>; or <see langword="null"/>.</summary>
    public string? Vnc { get; init; }

    /// <summary>True if the guest has a display, be it in a window or by VNC.</summary>
    public bool HasDisplay => Console is ConsoleMode.Gui || Vnc is not null;

    /// <summary>How the host logs in to the guest, or <see langword="null"/> if it has no key.</summary>
    public PlannedSsh? Ssh { get; init; }

    /// <summary>
    /// Journal file, or directory of journal files, that the guest's log is kept in; <see langword="null"/> if it is not.
    /// </summary>
    public string? Journal { get; init; }

    /// <summary>Ports of the host that lead into the guest, as <c>tcp:127.0.0.1:2222:22</c>.</summary>
    public ImmutableArray<string> PortForwards
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>Initial ramdisks of a direct boot, in order.</summary>
    public ImmutableArray<string> Initrds
    {
        get;
        // Reading JSON without the property sets an array that is none.
        init => field = value.IsDefault ? [] : value;
    } = [];
}
