using System.Diagnostics.CodeAnalysis;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Systemd;
using VmSpawn.Parameters;

namespace VmSpawn.Commands;

/// <summary>
/// The parameters that describe a VM, for each cmdlet that takes such a description; they stand in the other parts of
/// this class, grouped as in the manual page. Values are text in the manual page's grammar (numbers and booleans convert
/// to it), so that a bad one is the engine's typed error with an id of its own and not a conversion error of the
/// parameter binder.
/// </summary>
public abstract partial class ConfigurationCommand : VmSpawnCommand
{
    /// <summary>The parameter set that describes a VM.</summary>
    private protected const string ConfigurationSet = "Configuration";

    private readonly ParameterOrigin _origin;
    private BootSourceArgument _source = new(isImageTyped: false, isDirectoryTyped: false);

    /// <summary>Makes the cmdlet.</summary>
    protected ConfigurationCommand()
    {
        _origin = new ParameterOrigin(this);
        // With nothing in the pipeline there is one VM: what fails it, fails the command. Else only what holds for every
        // input does.
        Bridge.EndsCmdlet = failure =>
            !MyInvocation.ExpectingInput
            || failure is not VmSpawnException known
            || (known is InvalidValueException && !_origin.CameByPipeline(known));
    }

    private string CurrentDirectory => SessionState.Path.CurrentFileSystemLocation.ProviderPath;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _origin.NoteCommandLine();
        // What is bound before the first object comes was typed.
        _source = new BootSourceArgument(
            MyInvocation.BoundParameters.ContainsKey(nameof(Image)),
            MyInvocation.BoundParameters.ContainsKey(nameof(Directory))
        );
    }

    /// <summary>Makes the plan of the VM that the parameters describe, or reports why there is none.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="configuration">What it was made of.</param>
    private protected bool TryMakePlan(
        [NotNullWhen(true)] out LaunchPlan? plan,
        [NotNullWhen(true)] out VmConfiguration? configuration
    )
    {
        plan = null;
        if (!Bridge.TryRead(ToConfiguration, _origin.CameByPipeline, out configuration))
        {
            return false;
        }

        var described = configuration!;
        if (
            !Bridge.TryRun(
                context => Task.FromResult(Engine.ReadCredentials(described, context.CancellationToken)),
                out configuration
            )
        )
        {
            return false;
        }

        var wanted = configuration!;
        return Bridge.TryRun(_ => Task.FromResult(Engine.Plan(wanted)), out plan);
    }

    private VmConfiguration ToConfiguration()
    {
        RefuseWhatWasMade();
        var (image, directory) = _source.Choose(
            GivesWay(nameof(Image), nameof(Directory)) ? null : ToPath(Image, "image"),
            GivesWay(nameof(Directory), nameof(Image)) ? null : Directory,
            text => ToPath(text, "directory")
        );
        var configuration = new VmConfiguration
        {
            Image = image,
            Directory = directory,
            ImageFormat = IsGiven(ImageFormat) ? DiskFormatText.Parse(ImageFormat) : null,
            ImageDiskType = IsGiven(ImageDiskType) ? DiskTypeText.Parse(ImageDiskType) : DiskType.VirtioBlk,
            Ephemeral = Ephemeral,
            GrowImage = IsGiven(GrowImage) ? ByteSize.Parse(GrowImage, "grow-image", allowPowerShell: true) : null,
            DiscardDisk = !IsGiven(DiscardDisk) || BooleanText.Parse(DiscardDisk, "discard-disk"),
            ExtraDrives = [.. Given(ExtraDrive).Select(drive => DriveSpec.Parse(drive, CurrentDirectory))],
            Architecture = IsGiven(Architecture) ? Architecture : null,
            Cpus = Cpus is null ? CpuTopology.Default : CpuTopology.Parse(Cpus),
            Ram = Ram is null ? MemorySize.Default : MemorySize.Parse(Ram, allowPowerShell: true),
            Kvm = TristateText.Parse(Kvm ?? "", "kvm"),
            Vsock = TristateText.Parse(Vsock ?? "", "vsock"),
            VsockCid = IsGiven(VsockCid) ? VmSpawn.Engine.Configuration.VsockCid.Parse(VsockCid) : null,
            NotifyTransport = NotifyTransportText.Parse(NotifyTransport),
            NotifyReady = !IsGiven(NotifyReady) || BooleanText.Parse(NotifyReady, "notify-ready"),
            Tpm = TristateText.Parse(Tpm ?? "", "tpm"),
            TpmState = StateLocation.Parse(TpmState, CurrentDirectory, "tpm-state"),
            Network = NetworkArgument.Choose(NetworkUserMode, NetworkTap),
            PortForwards = [.. PortForward.Where(IsGiven).Select(VmSpawn.Engine.Configuration.PortForward.Parse)],
            Linux = BootEntry is not null && _origin.CameByPipeline(nameof(Linux)) ? null : ToPath(Linux, "linux"),
            BootEntry = BootEntry?.Source,
            Initrds = [.. Given(Initrd).Select(path => PathArgument.Resolve(this, path, "initrd"))],
            KernelArguments =
            [
                .. (KernelArgument ?? [])
                    .Select(RestOfLineTransformationAttribute.Check)
                    .Select(VmSpawn.Engine.Configuration.KernelArgument.Parse),
            ],
            Firmware = FirmwareArgument.Parse(this, Firmware),
            SecureBoot = TristateText.Parse(SecureBoot ?? "", "secure-boot"),
            FirmwareFeatures = (FirmwareFeature ?? []).Aggregate(
                FirmwareFeatureFilter.Default,
                (filter, text) => filter.With(text)
            ),
            EfiNvramTemplate = ToPath(EfiNvramTemplate, "efi-nvram-template"),
            EfiNvramState = StateLocation.Parse(EfiNvramState, CurrentDirectory, "efi-nvram-state"),
            Smbios11 = [.. (Smbios11 ?? []).Select(Smbios11Text.Parse)],
            Name = ToName(),
            Uuid = IsGiven(Uuid) ? MachineUuid.Parse(Uuid) : null,
            AutomaticPrivateUsers = PrivateUsers is "auto",
            PrivateUsers = IsGiven(PrivateUsers) && PrivateUsers is not "auto" ? IdMapping.Parse(PrivateUsers) : null,
            Binds =
            [
                .. (Bind ?? []).Where(IsGivenObject).Select(bind => MountArgument.Parse(bind, false, CurrentDirectory)),
                .. (BindReadOnly ?? [])
                    .Where(IsGivenObject)
                    .Select(bind => MountArgument.Parse(bind, true, CurrentDirectory)),
            ],
            Console = IsGiven(Console) ? ConsoleArgument.ParseMode(Console) : ConsoleMode.Interactive,
            ConsoleTransport = IsGiven(ConsoleTransport)
                ? ConsoleArgument.ParseTransport(ConsoleTransport)
                : VmSpawn.Engine.Configuration.ConsoleTransport.Serial,
            Background = Background is null ? null : BackgroundColor.Parse(Background),
            Vnc = IsGiven(Vnc) ? VncAddress.Parse(Vnc) : null,
            Register = TristateText.Parse(Register ?? "", "register"),
            ServiceManager = ToServiceManager(),
            Slice = IsGiven(Slice) ? SliceName.Parse(Slice) : null,
            UnitProperties = [.. Given(Property).Select(UnitProperty.Parse)],
            KeepUnit = KeepUnit,
            Credentials = [.. Credentials],
            ForwardJournal = ToPath(ForwardJournal, "forward-journal"),
            JournalLimits = Limits,
            QemuArguments = [.. QemuArgument ?? []],
        };
        return WithSsh(configuration);
    }

    // A VM, or a plan that was read from a file, has properties of these names, but by far not all that it was made from:
    // a VM made from it could write to an image that was ephemeral before.
    private void RefuseWhatWasMade()
    {
        if (IsGiven(MadeBefore))
        {
            throw new VmSpawnException(
                "NoDescription",
                VmErrorKind.InvalidArgument,
                $"'{Machine}' is a VM or a copy of a plan, not a description: it does not hold all that it was made from.",
                Machine,
                "Keep the plan itself ($plan = New-VmSpawnPlan ...) and start it again with Start-VmSpawn -Plan $plan, or say what is wanted with parameters."
            );
        }
    }

    // A boot entry in the pipeline brings its tree or image along, which gives way to what was typed. Its kernel does
    // always: the entry itself says more.
    private bool GivesWay(string parameter, string typed) =>
        BootEntry is not null && _origin.CameByPipeline(parameter) && _origin.WasTyped(typed);

    // A file in the pipeline brings its own name along, which is not the VM's.
    private MachineName? ToName() =>
        !IsGiven(Machine) || (_origin.CameByPipeline(nameof(Machine)) && Machine == Path.GetFileName(Image))
            ? null
            : MachineName.Parse(Machine);

    // An empty text means "not given", as in the manual page's program (the spec, section 1.2).
    private static bool IsGiven([NotNullWhen(true)] string? text) => !string.IsNullOrEmpty(text);

    private static IEnumerable<string> Given(string[]? texts) => (texts ?? []).Where(IsGiven);

    private static bool IsGivenObject(object? value) => value is not (null or "");

    private HostPath? ToPath(string? path, string option) =>
        IsGiven(path) ? PathArgument.Resolve(this, path, option) : null;
}
