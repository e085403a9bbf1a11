using System.Collections.Immutable;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Ssh;

namespace VmSpawn.Engine.Resolution;

/// <summary>
/// Replaces every "automatic" of a configuration by what a host has. Reads the host and changes nothing. Automatic and
/// missing is off, with a reason; asked for and missing is a typed error.
/// </summary>
/// <param name="host">The host to look at.</param>
public sealed class VmResolver(IHost host)
{
    /// <summary>Resolves a configuration.</summary>
    /// <exception cref="VmSpawnException">Something that is needed is missing, or values exclude each other.</exception>
    public ResolvedVm Resolve(VmConfiguration configuration)
    {
        var log = new DecisionLog();
        WarnOfUnknownDescriptors(log);
        var qemuArguments = QemuExtraArguments.Resolve(configuration, host);
        var guest = ResolveArchitecture(configuration);
        var source = BootSource.Resolve(configuration, host, log);
        var name = MachineNaming.Resolve(configuration, source, host, log);
        var runDirectory = RunDirectory.Of(host.RuntimeRoot, name);
        var network = NetworkResolver.Resolve(configuration, host, name, log);
        var kernel = new KernelResolver(configuration, host.Files, log).Resolve(source, guest);
        var disks = new DiskResolver(configuration, host.Files, log).Resolve(source.Image);
        var users = BoundUserResolver.Resolve(configuration, host);
        var privateUsers = PrivateUsersDecider.Decide(configuration, host, log);
        var mounts = MountResolver.Resolve(configuration, source.Directory, privateUsers, users, host.Files);
        var qemu = QemuFinder.Find(host, guest);
        ConsoleResolver.Check(configuration, qemu, host);
        var accelerator = new AcceleratorDecider(host, log).Decide(configuration.Kvm, guest, qemu);
        var firmware = new FirmwareDecider(host, log).Decide(configuration, guest, source.Path);
        var root = RootDecider.Decide(
            configuration,
            disks.FirstOrDefault(disk => disk.IsPrimary),
            guest,
            kernel,
            host.Files,
            log
        );
        var vsock = new VsockDecider(host, log).Decide(configuration, name, runDirectory);
        var notifyTransport = NotificationDecider.Decide(configuration, vsock, log);
        var serviceManager = ServiceManagerSocket.Find(host, configuration, notifyTransport, log);
        var tpm = TpmDecider.Decide(configuration, host, guest, source.Path, log);
        var journal = JournalResolver.Resolve(configuration, vsock, host);
        var sshKey = new SshKeyDecider(configuration, host, log).Decide(vsock, source.Directory?.Value);
        var credentials = new CredentialResolver(host).Resolve(
            configuration,
            users,
            notifyTransport is NotifyTransport.Vsock ? vsock : null,
            journal,
            sshKey
        );
        var registration = new RegistrationDecider(host, log).Decide(configuration, name);

        return new ResolvedVm
        {
            Name = name,
            RunDirectory = runDirectory,
            Architecture = guest,
            QemuBinary = qemu,
            Cpus = configuration.Cpus,
            Ram = configuration.Ram,
            Accelerator = accelerator,
            Firmware = firmware,
            Kernel = kernel,
            Disks = disks,
            Directory = source.Directory?.Value,
            Mounts = mounts,
            MountsInInitrd = GuestMountDecider.NeedsInitrd(source.Directory?.Value, kernel, mounts, host.Files, log),
            Virtiofsd = VirtiofsdFinder.Find(mounts, host, log),
            KernelArguments = WithReadOnlyRoot(configuration),
            RootArgument = root,
            Network = WithSsh(network, sshKey),
            Vsock = vsock,
            NotifyTransport = notifyTransport,
            ServiceManager = serviceManager is null
                ? null
                : new PlannedServiceManager(serviceManager, ReadyAtStart: !configuration.NotifyReady),
            Tpm = tpm,
            Journal = journal,
            SshKey = sshKey,
            Credentials = credentials,
            Smbios11 = configuration.Smbios11,
            Console = configuration.Console,
            Background = configuration.Background,
            Vnc = configuration.Vnc,
            ConsoleTransport = configuration.ConsoleTransport,
            Uuid = configuration.Uuid,
            Registration = registration,
            VmGenId = GenerationId.Create(host),
            QemuArguments = qemuArguments,
            Decisions = log.Decisions,
            Warnings = log.Warnings,
        };
    }

    private GuestArchitecture ResolveArchitecture(VmConfiguration configuration)
    {
        if (configuration.Architecture is { } wanted)
        {
            return GuestArchitecture.Find(wanted)
                ?? throw ValueError.Create(
                    "architecture",
                    wanted,
                    "there is no such architecture",
                    $"Use one of {string.Join(", ", GuestArchitecture.All)}."
                );
        }

        return GuestArchitecture.Find(host.Architecture)
            ?? throw new HostRequirementException(
                "ArchitectureNotSupported",
                host.Architecture,
                $"QEMU machines of this host's architecture '{host.Architecture}' are not known.",
                "Name an architecture that QEMU can emulate with -Architecture."
            );
    }

    private void WarnOfUnknownDescriptors(DecisionLog log)
    {
        foreach (var descriptor in host.ActivationDescriptors.Where(d => d.Name is not ("kvm" or "vhost-vsock")))
        {
            log.Warn($"The passed descriptor fd {descriptor.Number} ('{descriptor.Name}') is not used.");
        }
    }

    // The port that leads to the guest's SSH server, unless the user has made such a forward already.
    private static ResolvedNetwork WithSsh(ResolvedNetwork network, ResolvedSshKey? key)
    {
        if (key?.Port is not { } port || network.Forwards.Any(forward => forward.HostPort == port))
        {
            return network;
        }

        var guest = key.Route is SshRoute.OwnServer ? 22 : GuestServer.HandedPort;
        return network with { Forwards = network.Forwards.Add(PortForward.Parse($"{port}:{guest}")) };
    }

    // A disk that cannot be written must not be mounted so, whatever the user's words say.
    private static ImmutableArray<string> WithReadOnlyRoot(VmConfiguration configuration)
    {
        var words = configuration.KernelArguments;
        return configuration.ImageDiskType is DiskType.ScsiCd && words.Contains("rw") ? words.Add("ro") : words;
    }
}
