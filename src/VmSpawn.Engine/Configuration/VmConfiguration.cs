using System.Collections.Immutable;

namespace VmSpawn.Engine.Configuration;

/// <summary>
/// What a user wants of a VM: validated values, nothing decided, nothing of the host looked at. Every property has the
/// manual page's default. Which values exclude each other is checked when it is resolved.
/// </summary>
public sealed record VmConfiguration
{
    /// <summary>Name; <see langword="null"/> derives it from the image, directory or kernel.</summary>
    public MachineName? Name { get; init; }

    /// <summary>Disk image or block device to boot from, or <see langword="null"/>.</summary>
    public HostPath? Image { get; init; }

    /// <summary>Format of the image; <see langword="null"/> reads it from the image's header.</summary>
    public DiskFormat? ImageFormat { get; init; }

    /// <summary>Device that the image appears as in the guest.</summary>
    public DiskType ImageDiskType { get; init; } = DiskType.VirtioBlk;

    /// <summary>Directory tree to boot from, or <see langword="null"/>; excludes <see cref="Image"/>.</summary>
    public HostPath? Directory { get; init; }

    /// <summary>Virtual CPUs.</summary>
    public CpuTopology Cpus { get; init; } = CpuTopology.Default;

    /// <summary>Memory.</summary>
    public MemorySize Ram { get; init; } = MemorySize.Default;

    /// <summary>Whether to use KVM.</summary>
    public Tristate Kvm { get; init; } = Tristate.Auto;

    /// <summary>Kernel to boot directly, or <see langword="null"/>.</summary>
    public HostPath? Linux { get; init; }

    /// <summary>Initial ramdisks, joined in this order; they need <see cref="Linux"/>.</summary>
    public ImmutableArray<HostPath> Initrds { get; init; } = [];

    /// <summary>Words added to the guest's kernel command line.</summary>
    public ImmutableArray<string> KernelArguments { get; init; } = [];

    /// <summary>Firmware.</summary>
    public FirmwareChoice Firmware { get; init; } = FirmwareChoice.Auto;

    /// <summary>Whether the firmware must, may or must not support Secure Boot.</summary>
    public Tristate SecureBoot { get; init; } = Tristate.Auto;

    /// <summary>Whether blocks that the guest discards are given back to the host.</summary>
    public bool DiscardDisk { get; init; } = true;

    /// <summary>Hardware identity; <see langword="null"/> leaves it to QEMU.</summary>
    public MachineUuid? Uuid { get; init; }

    /// <summary>How the VM reaches a network.</summary>
    public NetworkMode Network { get; init; } = NetworkMode.None;

    /// <summary>How the console is offered.</summary>
    public ConsoleMode Console { get; init; } = ConsoleMode.Interactive;

    /// <summary>Words put behind all of QEMU's options, as they are.</summary>
    public ImmutableArray<string> QemuArguments { get; init; } = [];
}
