using System.Collections.Immutable;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Native;
using VmSpawn.Engine.Systemd;

namespace VmSpawn.Engine.Host;

/// <summary>The machine this process runs on.</summary>
public sealed class LinuxHost : IHost
{
    private static readonly KernelName Kernel = KernelName.Read();
    private readonly Func<string, string?> environment;

    /// <summary>The machine, with this process's environment.</summary>
    public LinuxHost()
        : this(Environment.GetEnvironmentVariable) { }

    /// <summary>The machine, with another environment.</summary>
    internal LinuxHost(Func<string, string?> environment) => this.environment = environment;

    /// <inheritdoc/>
    public string Architecture => Kernel.Machine;

    /// <inheritdoc/>
    public string HostName => KernelName.Read().HostName;

    /// <inheritdoc/>
    public ImmutableArray<byte> MachineId => MachineIdFile.Read("/etc/machine-id");

    /// <inheritdoc/>
    public bool IsPrivileged => UserIdentity.Real == 0;

    /// <inheritdoc/>
    public IHostFiles Files { get; } = new LinuxHostFiles();

    /// <inheritdoc/>
    public string RuntimeRoot => Machines.RuntimeRoot.Locate(environment, UserIdentity.Effective);

    /// <inheritdoc/>
    public ImmutableArray<string> FirmwareDirectories => new SearchPaths(environment).Firmware;

    /// <inheritdoc/>
    public ImmutableArray<string> ImageDirectories => new SearchPaths(environment).Images(IsPrivileged);

    /// <inheritdoc/>
    public ImmutableArray<ActivationDescriptor> ActivationDescriptors =>
        ActivationEnvironment.Read(
            environment,
            Environment.ProcessId,
            number => FileStatus.TryGet($"/proc/self/fd/{number}", followLink: false) is not null
        );

    /// <inheritdoc/>
    public string? GetEnvironmentVariable(string name) => environment(name);

    /// <inheritdoc/>
    public string? FindExecutable(string name) => new SearchPaths(environment).FindExecutable(Files, name);

    /// <inheritdoc/>
    public DeviceAccess ProbeKvm(string qemuBinary) =>
        new KvmProbe(Architecture, new KvmProbeCache(RuntimeRoot)).Probe(qemuBinary);

    /// <inheritdoc/>
    public DeviceAccess ProbeVhostVsock() => VhostVsockProbe.Probe("/dev/vhost-vsock");

    /// <inheritdoc/>
    public bool IsGuestCidFree(uint cid) => VhostVsockProbe.IsFree("/dev/vhost-vsock", cid);

    /// <inheritdoc/>
    public DeviceAccess ProbeWindow(string qemuBinary) => WindowProbe.Probe(qemuBinary, environment);

    /// <inheritdoc/>
    public PortAvailability ProbePort(PortForward forward) => PortProbe.Probe(forward);

    /// <inheritdoc/>
    public ushort FindFreePort() => PortProbe.FindFree();

    /// <inheritdoc/>
    public uint UserId => UserIdentity.Effective;

    ControlGroup? IHost.ControlGroup => ControlGroup.OfThisProcess();

    /// <inheritdoc/>
    public VirtiofsdProgram ProbeVirtiofsd(string path) => VirtiofsdProbe.Of(path);

    /// <inheritdoc/>
    public bool JournalRemoteTakesLimits(string path) => JournalRemoteProbe.TakesLimits(path);

    /// <inheritdoc/>
    /// <exception cref="Errors.HostRequirementException"><c>QemuNotUsable</c>: the binary does not run or is no QEMU.</exception>
    public Version GetQemuVersion(string qemuBinary) => QemuVersion.Of(qemuBinary);
}
