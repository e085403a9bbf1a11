using System.Collections.ObjectModel;

namespace VmSpawn;

/// <summary>
/// A virtual machine as it was at one moment. It holds plain values only, so it can be kept, compared, serialized and
/// sent elsewhere; other cmdlets take it by its <see cref="Name"/>.
/// </summary>
public sealed class VirtualMachine : IEquatable<VirtualMachine>
{
    internal VirtualMachine() { }

    /// <summary>Name, unique among the running VMs of a user.</summary>
    public required string Name { get; init; }

    /// <summary>Identifier of this one start; another start of the same name has another.</summary>
    public required Guid Id { get; init; }

    /// <summary>
    /// <c>Starting</c>, <c>Running</c>, <c>Paused</c>, <c>Stopping</c>, <c>Stopped</c> or <c>Failed</c>. Text, since an
    /// enumeration would not compare with its own name after serialization.
    /// </summary>
    public required string State { get; init; }

    /// <summary>Number of virtual CPUs at start.</summary>
    public required int Cpus { get; init; }

    /// <summary>Memory of the guest at start, in bytes.</summary>
    public required long Memory { get; init; }

    /// <summary>How long it had been running, or ran; <see langword="null"/> if it never did.</summary>
    public TimeSpan? Uptime { get; init; }

    /// <summary>When the guest began to run, local time.</summary>
    public DateTime? StartedAt { get; init; }

    /// <summary>When the VM ended, local time; <see langword="null"/> while it lives.</summary>
    public DateTime? EndedAt { get; init; }

    /// <summary>Path of the primary disk image, or <see langword="null"/>.</summary>
    public string? Image { get; init; }

    /// <summary>Path of the directory tree it boots from, or <see langword="null"/>.</summary>
    public string? Directory { get; init; }

    /// <summary>Path of the kernel of a direct boot, or <see langword="null"/>.</summary>
    public string? Kernel { get; init; }

    /// <summary>Paths of the initial ramdisks of a direct boot.</summary>
    public required ReadOnlyCollection<string> Initrd { get; init; }

    /// <summary>True if the guest has said that it is ready, and has not said that it is shutting down.</summary>
    public required bool IsReady { get; init; }

    /// <summary>When the guest said that it is ready, local time; <see langword="null"/> if it has not.</summary>
    public DateTime? ReadyAt { get; init; }

    /// <summary>How the guest fares, in its own words, or <see langword="null"/>.</summary>
    public string? Status { get; init; }

    /// <summary>Host name of the guest, as it told, or <see langword="null"/>.</summary>
    public string? GuestHostName { get; init; }

    /// <summary>Machine id of the guest, as it told, or <see langword="null"/>.</summary>
    public string? GuestMachineId { get; init; }

    /// <summary>Units of the guest that it has told to be active: targets of systemd.</summary>
    public required ReadOnlyCollection<string> ActiveUnit { get; init; }

    /// <summary>How the guest can tell all this: <c>vsock</c>, <c>virtio-serial</c> or <c>none</c>.</summary>
    public string? NotifyTransport { get; init; }

    /// <summary>
    /// Journal file, or directory of journal files, that the guest's journal is written to, or <see langword="null"/>;
    /// <c>Get-VmJournal</c> reads it.
    /// </summary>
    public string? Journal { get; init; }

    /// <summary>What should be known of the VM's life so far.</summary>
    public required ReadOnlyCollection<string> Warnings { get; init; }

    /// <summary>Exit status of a VM that ended as it should; <see langword="null"/> while it lives and after a failure.</summary>
    public int? ExitStatus { get; init; }

    /// <summary>Why it ended, such as <c>guest-shutdown</c> or <c>host-qmp-quit</c> (QEMU's words).</summary>
    public string? EndReason { get; init; }

    /// <summary>What went wrong, if <see cref="State"/> is <c>Failed</c>.</summary>
    public VirtualMachineFailure? Failure { get; init; }

    /// <summary>Architecture of the guest in QEMU's spelling, such as <c>x86_64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>QEMU's machine type, such as <c>q35</c>.</summary>
    public required string MachineType { get; init; }

    /// <summary><c>kvm</c>, or <c>tcg</c> for emulation.</summary>
    public required string Accelerator { get; init; }

    /// <summary>Ports of the host that lead into the guest, as <c>tcp:127.0.0.1:2222:22</c>.</summary>
    public required ReadOnlyCollection<string> PortForward { get; init; }

    /// <summary>Firmware code file, <c>bios</c> for QEMU's built-in one, or <see langword="null"/> for none.</summary>
    public string? Firmware { get; init; }

    /// <summary>Context identifier of the guest on VSOCK, or <see langword="null"/>.</summary>
    public long? VsockCid { get; init; }

    /// <summary><c>Interactive</c>, <c>ReadOnly</c>, <c>Native</c>, <c>Gui</c> or <c>Headless</c>.</summary>
    public required string Console { get; init; }

    /// <summary>Where VNC clients find the display, <c>unix:PATH</c> or <c>127.0.0.1:PORT</c>, or <see langword="null"/>.</summary>
    public string? Vnc { get; init; }

    /// <summary>Unit of systemd that the VM's processes are in, such as <c>machine-4711-web.scope</c>, or <see langword="null"/>.</summary>
    public string? Unit { get; init; }

    /// <summary>Whether systemd-machined has the VM in its register, so that <c>machinectl</c> shows it.</summary>
    public bool IsRegistered { get; init; }

    /// <summary>
    /// Where its SSH server is reached: <c>vsock/CID</c>, <c>vsock-mux/PATH</c> or <c>127.0.0.1:PORT</c>;
    /// <see langword="null"/> if no way is known, and after its end.
    /// </summary>
    public string? SshAddress { get; init; }

    /// <summary>Path of the private key that its root accepts, or <see langword="null"/>.</summary>
    public string? SshKeyPath { get; init; }

    /// <summary>Process id of QEMU while the VM lives.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Process id of the supervisor while the VM lives.</summary>
    public int? MonitorProcessId { get; init; }

    /// <summary>Directory with the VM's sockets and logs; after its end, with what is kept of it.</summary>
    public required string RunDirectory { get; init; }

    /// <summary>File with what the guest wrote to its console.</summary>
    public required string ConsoleLog { get; init; }

    /// <summary>The same VM, be it at another moment.</summary>
    public bool Equals(VirtualMachine? other) => other is not null && Id == other.Id;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VirtualMachine);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode();

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
