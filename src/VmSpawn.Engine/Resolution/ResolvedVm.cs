using System.Collections.Immutable;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Engine.Resolution;

/// <summary>
/// A VM with every "automatic" replaced by what this host has; each such decision is kept with its reason. From here
/// on nothing looks at the host any more.
/// </summary>
public sealed record ResolvedVm
{
    /// <summary>Name of the VM.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute path of its run directory.</summary>
    public required string RunDirectory { get; init; }

    /// <summary>Guest architecture.</summary>
    public required GuestArchitecture Architecture { get; init; }

    /// <summary>Absolute path of QEMU.</summary>
    public required string QemuBinary { get; init; }

    /// <summary>Virtual CPUs.</summary>
    public required CpuTopology Cpus { get; init; }

    /// <summary>Memory.</summary>
    public required MemorySize Ram { get; init; }

    /// <summary>What runs the guest's code.</summary>
    public required ResolvedAccelerator Accelerator { get; init; }

    /// <summary>Firmware.</summary>
    public required ResolvedFirmware Firmware { get; init; }

    /// <summary>Kernel of a direct boot, or <see langword="null"/>.</summary>
    public ResolvedKernel? Kernel { get; init; }

    /// <summary>Disks; the one it boots from comes first.</summary>
    public ImmutableArray<ResolvedDisk> Disks { get; init; } = [];

    /// <summary>Directory tree it boots from, or <see langword="null"/>.</summary>
    public string? Directory { get; init; }

    /// <summary>Directories that the guest sees; the root first, if it boots from one.</summary>
    public ImmutableArray<ResolvedMount> Mounts { get; init; } = [];

    /// <summary>True if the guest mounts them in its initrd, because its systemd does not know how to.</summary>
    public bool MountsInInitrd { get; init; }

    /// <summary>virtiofsd, if there are mounts.</summary>
    public ResolvedVirtiofsd? Virtiofsd { get; init; }

    /// <summary>The user's words for the kernel command line.</summary>
    public ImmutableArray<string> KernelArguments { get; init; } = [];

    /// <summary>The word that names the root or <c>/usr</c> partition of the image, or <see langword="null"/>.</summary>
    public string? RootArgument { get; init; }

    /// <summary>Network device.</summary>
    public ResolvedNetwork Network { get; init; } = new(NetworkMode.None);

    /// <summary>VSOCK device, or <see langword="null"/>.</summary>
    public ResolvedVsock? Vsock { get; init; }

    /// <summary>How the guest tells of itself; never <see cref="NotifyTransport.Auto"/>.</summary>
    public NotifyTransport NotifyTransport { get; init; } = NotifyTransport.None;

    /// <summary>The service manager that is told how the VM fares, or <see langword="null"/>.</summary>
    public PlannedServiceManager? ServiceManager { get; init; }

    /// <summary>TPM, or <see langword="null"/>.</summary>
    public ResolvedTpm? Tpm { get; init; }

    /// <summary>Receiver of the guest's journal, or <see langword="null"/>.</summary>
    public ResolvedJournal? Journal { get; init; }

    /// <summary>SSH key that is made, or <see langword="null"/>.</summary>
    public ResolvedSshKey? SshKey { get; init; }

    /// <summary>Credentials whose bytes are known.</summary>
    public ImmutableArray<ResolvedCredential> Credentials { get; init; } = [];

    /// <summary>Vendor strings for the guest in SMBIOS table 11.</summary>
    public ImmutableArray<string> Smbios11 { get; init; } = [];

    /// <summary>Device behind the console.</summary>
    public ConsoleTransport ConsoleTransport { get; init; }

    /// <summary>How the console is offered.</summary>
    public ConsoleMode Console { get; init; }

    /// <summary>Tint of the terminal that shows the console; <see langword="null"/> for one that follows the terminal.</summary>
    public BackgroundColor? Background { get; init; }

    /// <summary>Where the display is served by VNC, or <see langword="null"/>.</summary>
    public VncAddress? Vnc { get; init; }

    /// <summary>Hardware identity, or <see langword="null"/> for QEMU's own.</summary>
    public MachineUuid? Uuid { get; init; }

    /// <summary>What systemd on the host is told of it, or <see langword="null"/>.</summary>
    public ResolvedRegistration? Registration { get; init; }

    /// <summary>Generation identifier: another one on every start unless the service manager gives an invocation id.</summary>
    public required Guid VmGenId { get; init; }

    /// <summary>Words put behind all of QEMU's options.</summary>
    public ImmutableArray<string> QemuArguments { get; init; } = [];

    /// <summary>What was decided, and why.</summary>
    public ImmutableArray<Decision> Decisions { get; init; } = [];

    /// <summary>What the user should know.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>True if programs of the host work in the guest's memory, which must be a file then that both map.</summary>
    public bool SharesMemory => !Mounts.IsEmpty || Vsock?.Backend is VsockBackend.UserSpace;

    /// <summary>
    /// True if strings in SMBIOS tables reach the guest: always on a PC, elsewhere only if UEFI firmware hands the tables
    /// on.
    /// </summary>
    public bool HasSmbios => Architecture.HasSmbios && (Architecture.IsPc || Firmware.Mode is FirmwareMode.Uefi);
}
