using System.Collections.Immutable;
using VmSpawn.Engine.Boot;
using VmSpawn.Engine.Systemd;

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

    /// <summary>Whether the image or directory stays as it is and all writes end with the VM.</summary>
    public bool Ephemeral { get; init; }

    /// <summary>Least size of the image; a smaller one is grown first. <see langword="null"/> leaves it as it is.</summary>
    public ByteSize? GrowImage { get; init; }

    /// <summary>Further drives, in this order behind the image.</summary>
    public ImmutableArray<DriveSpec> ExtraDrives { get; init; } = [];

    /// <summary>Guest architecture in QEMU's, the kernel's or systemd's spelling; <see langword="null"/> is the host's.</summary>
    public string? Architecture { get; init; }

    /// <summary>Virtual CPUs.</summary>
    public CpuTopology Cpus { get; init; } = CpuTopology.Default;

    /// <summary>Memory.</summary>
    public MemorySize Ram { get; init; } = MemorySize.Default;

    /// <summary>Whether to use KVM.</summary>
    public Tristate Kvm { get; init; } = Tristate.Auto;

    /// <summary>Whether the VM has a VSOCK device.</summary>
    public Tristate Vsock { get; init; } = Tristate.Auto;

    /// <summary>Its context identifier; <see langword="null"/> derives one from the name.</summary>
    public VsockCid? VsockCid { get; init; }

    /// <summary>Context identifiers that are not chosen, because they turned out to be taken.</summary>
    public ImmutableArray<uint> AvoidedVsockCids { get; init; } = [];

    /// <summary>How the guest tells that it is ready, how it fares and how it ends.</summary>
    public NotifyTransport NotifyTransport { get; init; } = NotifyTransport.Auto;

    /// <summary>
    /// Whether an automatic choice may fall on a virtio-serial port; without it, as in systemd-vmspawn, there is VSOCK or
    /// nothing.
    /// </summary>
    public bool NotifyOverPorts { get; init; } = true;

    /// <summary>Whether the service manager that waits for the VM is told that it is ready by the guest, or already at the start.</summary>
    public bool NotifyReady { get; init; } = true;

    /// <summary>Whether the VM has a TPM.</summary>
    public Tristate Tpm { get; init; } = Tristate.Auto;

    /// <summary>Where the TPM's state is kept.</summary>
    public StateLocation TpmState { get; init; } = StateLocation.Temporary;

    /// <summary>Kernel to boot directly, or <see langword="null"/>.</summary>
    public HostPath? Linux { get; init; }

    /// <summary>Boot entry whose kernel is booted directly, or <see langword="null"/>; excludes <see cref="Linux"/>.</summary>
    public BootEntry? BootEntry { get; init; }

    /// <summary>By whose rules the boot menu of <see cref="Directory"/> is read, if no kernel is named.</summary>
    public BootEntryRules BootEntryRules { get; init; } = BootEntryRules.Specification;

    /// <summary>Initial ramdisks, joined in this order; they need <see cref="Linux"/>.</summary>
    public ImmutableArray<HostPath> Initrds { get; init; } = [];

    /// <summary>Words added to the guest's kernel command line.</summary>
    public ImmutableArray<string> KernelArguments { get; init; } = [];

    /// <summary>Firmware.</summary>
    public FirmwareChoice Firmware { get; init; } = FirmwareChoice.Auto;

    /// <summary>Whether the firmware must, may or must not support Secure Boot.</summary>
    public Tristate SecureBoot { get; init; } = Tristate.Auto;

    /// <summary>Features that firmware must and must not have, beside <see cref="SecureBoot"/>.</summary>
    public FirmwareFeatureFilter FirmwareFeatures { get; init; } = FirmwareFeatureFilter.Default;

    /// <summary>Template of the firmware's variable store, instead of that of the descriptor.</summary>
    public HostPath? EfiNvramTemplate { get; init; }

    /// <summary>Where the firmware's variable store is kept.</summary>
    public StateLocation EfiNvramState { get; init; } = StateLocation.Temporary;

    /// <summary>Whether blocks that the guest discards are given back to the host.</summary>
    public bool DiscardDisk { get; init; } = true;

    /// <summary>Hardware identity; <see langword="null"/> leaves it to QEMU.</summary>
    public MachineUuid? Uuid { get; init; }

    /// <summary>Whether the VM is registered with the host's machine manager; automatic is yes for root only.</summary>
    public Tristate Register { get; init; } = Tristate.Auto;

    /// <summary>Service manager that the VM's unit belongs to; <see langword="null"/> is the system's for root, else the user's.</summary>
    public ServiceManager? ServiceManager { get; init; }

    /// <summary>Slice of the VM's unit; <see langword="null"/> is <c>machine.slice</c>.</summary>
    public SliceName? Slice { get; init; }

    /// <summary>Settings of the VM's unit, in this order.</summary>
    public ImmutableArray<UnitProperty> UnitProperties { get; init; } = [];

    /// <summary>Whether the VM stays in the unit that it is started in, instead of getting one of its own.</summary>
    public bool KeepUnit { get; init; }

    /// <summary>How the VM reaches a network.</summary>
    public NetworkMode Network { get; init; } = NetworkMode.None;

    /// <summary>Ports of the host that lead into the guest; they need <see cref="NetworkMode.User"/>.</summary>
    public ImmutableArray<PortForward> PortForwards { get; init; } = [];

    /// <summary>Directories of the host that the guest mounts, in this order.</summary>
    public ImmutableArray<BindMount> Binds { get; init; } = [];

    /// <summary>Users of the host who are users of the guest, too, with their home directories; none twice.</summary>
    public ImmutableArray<UserName> BindUsers { get; init; } = [];

    /// <summary>Login shell of those users in the guest.</summary>
    public UserShell BindUserShell { get; init; } = UserShell.Default;

    /// <summary>Groups of the guest that those users belong to.</summary>
    public ImmutableArray<UserName> BindUserGroups { get; init; } = [];

    /// <summary>Mapping of user and group ids for <see cref="Directory"/>.</summary>
    public IdMapping? PrivateUsers { get; init; }

    /// <summary>True to take that mapping from the caller's subordinate ids (subuid(5)) instead.</summary>
    public bool AutomaticPrivateUsers { get; init; }

    /// <summary>Credentials for the guest, in this order.</summary>
    public ImmutableArray<CredentialSpec> Credentials { get; init; } = [];

    /// <summary>Whether a fresh SSH key is made and the guest is told to accept it.</summary>
    public Tristate PassSshKey { get; init; } = Tristate.Auto;

    /// <summary>Private half of a key that is used instead of a fresh one, or <see langword="null"/>.</summary>
    public HostPath? SshKey { get; init; }

    /// <summary>Type of a fresh key.</summary>
    public string SshKeyType { get; init; } = Configuration.SshKeyType.Default;

    /// <summary>Journal file (<c>*.journal</c>) or directory that keeps the guest's log, or <see langword="null"/>.</summary>
    public HostPath? ForwardJournal { get; init; }

    /// <summary>Limits of that journal.</summary>
    public JournalLimits JournalLimits { get; init; } = JournalLimits.None;

    /// <summary>Vendor strings for the guest in SMBIOS table 11.</summary>
    public ImmutableArray<string> Smbios11 { get; init; } = [];

    /// <summary>Device behind the guest's console.</summary>
    public ConsoleTransport ConsoleTransport { get; init; } = ConsoleTransport.Serial;

    /// <summary>How the console is offered.</summary>
    public ConsoleMode Console { get; init; } = ConsoleMode.Interactive;

    /// <summary>Tint of the terminal that shows the console; <see langword="null"/> for one that follows the terminal.</summary>
    public BackgroundColor? Background { get; init; }

    /// <summary>Where the guest's display is served by VNC, or <see langword="null"/>.</summary>
    public VncAddress? Vnc { get; init; }

    /// <summary>Words put behind all of QEMU's options, as they are.</summary>
    public ImmutableArray<string> QemuArguments { get; init; } = [];
}
