using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>
/// Replaces every "automatic" of a configuration by what a host has. Reads the host and changes nothing. Automatic and
/// missing is off, with a reason; asked for and missing is a typed error.
/// </summary>
public sealed class VmResolver
{
    private readonly IHost _host;
    private readonly IFirmwareFinder _firmware;
    private readonly IDiskInspector _disks;

    /// <summary>A resolver for one host.</summary>
    /// <param name="host">The host to look at.</param>
    public VmResolver(IHost host)
        : this(host, new CatalogFirmwareFinder(host), new HeaderDiskInspector(host.Files)) { }

    internal VmResolver(IHost host, IFirmwareFinder firmware, IDiskInspector disks)
    {
        _host = host;
        _firmware = firmware;
        _disks = disks;
    }

    /// <summary>Resolves a configuration.</summary>
    /// <exception cref="VmSpawnException">Something that is needed is missing, or values exclude each other.</exception>
    public ResolvedVm Resolve(VmConfiguration configuration)
    {
        var log = new DecisionLog();
        CheckConflicts(configuration);
        var name = ResolveName(configuration, log);
        var runDirectory = RunDirectory.Of(_host.RuntimeRoot, name);
        var guest = ResolveArchitecture();
        var kernel = KernelResolver.Resolve(configuration, _host.Files);
        var disk = configuration.Image is { } image
            ? new DiskResolver(_host.Files, _disks, log).ResolvePrimary(configuration, image.Value)
            : null;
        var qemu = QemuFinder.Find(_host, guest);
        var kvm = AcceleratorDecider.Decide(configuration.Kvm, _host, guest, qemu, log);
        var firmware = FirmwareDecider.Decide(configuration, guest, _host.Files, _firmware, log);
        var root = ResolveRoot(configuration, kernel, disk, guest, log);

        return new ResolvedVm
        {
            Name = name,
            RunDirectory = runDirectory,
            Architecture = guest,
            QemuBinary = qemu,
            Cpus = configuration.Cpus,
            Ram = configuration.Ram,
            Kvm = kvm,
            Firmware = firmware,
            Kernel = kernel,
            Disks = disk is null ? [] : [disk],
            Directory = configuration.Directory?.Value,
            KernelArguments = configuration.KernelArguments,
            RootArgument = root,
            Network = new ResolvedNetwork(configuration.Network),
            Console = configuration.Console,
            Uuid = configuration.Uuid,
            VmGenId = GenerationId.Create(_host),
            QemuArguments = configuration.QemuArguments,
            Decisions = log.Decisions,
            Warnings = log.Warnings,
        };
    }

    private static void CheckConflicts(VmConfiguration configuration)
    {
        if (configuration is { Image: { } image, Directory: not null })
        {
            throw new VmSpawnException(
                "ImageAndDirectory",
                VmErrorKind.ConflictingArguments,
                "A VM boots either from an image (--image) or from a directory (--directory), not from both.",
                image.Value,
                "Leave one of them out."
            );
        }

        if (configuration is { Image: null, Directory: null, Linux: null })
        {
            throw new VmSpawnException(
                "NothingToBoot",
                VmErrorKind.InvalidArgument,
                "There is nothing to boot: no image, no directory and no kernel was given.",
                hint: "Give -Image, -Directory or -Linux."
            );
        }
    }

    private string ResolveName(VmConfiguration configuration, DecisionLog log)
    {
        if (configuration.Name is { } given)
        {
            return given.Value;
        }

        var source = configuration.Image ?? configuration.Directory ?? configuration.Linux!;
        var name =
            configuration.Image is null && configuration.Directory is { } directory
                ? MachineName.FromDirectory(directory.Value, _host.HostName)
                : MachineName.FromImage(source.Value);
        log.Decide("name", name.Value, $"it follows from '{source}'");
        return name.Value;
    }

    private GuestArchitecture ResolveArchitecture() =>
        GuestArchitecture.Find(_host.Architecture)
        ?? throw new HostRequirementException(
            "ArchitectureNotSupported",
            _host.Architecture,
            $"QEMU machines of this host's architecture '{_host.Architecture}' are not known.",
            "Name an architecture that QEMU can emulate."
        );

    // A kernel that is started directly must be told where its root is, unless the user does (the spec, section 5.2).
    private string? ResolveRoot(
        VmConfiguration configuration,
        ResolvedKernel? kernel,
        ResolvedDisk? disk,
        GuestArchitecture guest,
        DecisionLog log
    )
    {
        if (kernel is null || disk is null || configuration.KernelArguments.Any(NamesRoot))
        {
            return null;
        }

        var argument = _disks.FindRootArgument(disk.Path, disk.Format, guest);
        log.Decide("root", argument, $"that is what the partition table of '{disk.Path}' says");
        return argument;
    }

    private static bool NamesRoot(string word) =>
        word.StartsWith("root=", StringComparison.Ordinal) || word.StartsWith("mount.usr=", StringComparison.Ordinal);
}
