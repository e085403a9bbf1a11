using System.Diagnostics.CodeAnalysis;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Planning;
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

    private BootSourceArgument _source = new(isImageTyped: false, isDirectoryTyped: false);

    private string CurrentDirectory => SessionState.Path.CurrentFileSystemLocation.ProviderPath;

    /// <inheritdoc/>
    protected override void BeginProcessing() =>
        // What is bound before the first object comes was typed.
        _source = new BootSourceArgument(
            MyInvocation.BoundParameters.ContainsKey(nameof(Image)),
            MyInvocation.BoundParameters.ContainsKey(nameof(Directory))
        );

    /// <summary>Makes the plan of the VM that the parameters describe, or reports why there is none.</summary>
    private protected bool TryMakePlan([NotNullWhen(true)] out LaunchPlan? plan)
    {
        var configuration = Bridge.Read(ToConfiguration);
        return Bridge.TryRun(_ => Task.FromResult(Engine.Plan(configuration)), out plan);
    }

    private VmConfiguration ToConfiguration()
    {
        var (image, directory) = _source.Choose(ToPath(Image, "image"), Directory, text => ToPath(text, "directory"));
        return new()
        {
            Image = image,
            Directory = directory,
            ImageFormat = IsGiven(ImageFormat) ? DiskFormatText.Parse(ImageFormat) : null,
            ImageDiskType = IsGiven(ImageDiskType) ? DiskTypeText.Parse(ImageDiskType) : DiskType.VirtioBlk,
            Ephemeral = Ephemeral,
            GrowImage = IsGiven(GrowImage) ? ByteSize.Parse(GrowImage, "grow-image", allowPowerShell: true) : null,
            DiscardDisk = !IsGiven(DiscardDisk) || BooleanText.Parse(DiscardDisk, "discard-disk"),
            ExtraDrives = [.. ExtraDrive.Where(IsGiven).Select(drive => DriveSpec.Parse(drive, CurrentDirectory))],
            Architecture = IsGiven(Architecture) ? Architecture : null,
            Cpus = Cpus is null ? CpuTopology.Default : CpuTopology.Parse(Cpus),
            Ram = Ram is null ? MemorySize.Default : MemorySize.Parse(Ram, allowPowerShell: true),
            Kvm = TristateText.Parse(Kvm ?? "", "kvm"),
            Vsock = TristateText.Parse(Vsock ?? "", "vsock"),
            VsockCid = IsGiven(VsockCid) ? VmSpawn.Engine.Configuration.VsockCid.Parse(VsockCid) : null,
            Tpm = TristateText.Parse(Tpm ?? "", "tpm"),
            TpmState = StateLocation.Parse(TpmState, CurrentDirectory, "tpm-state"),
            Network = NetworkArgument.Choose(NetworkUserMode, NetworkTap),
            Linux = ToPath(Linux, "linux"),
            Initrds = [.. Initrd.Select(path => ToPath(path, "initrd")).OfType<HostPath>()],
            KernelArguments = [.. KernelArgument.Select(VmSpawn.Engine.Configuration.KernelArgument.Parse)],
            Firmware = FirmwareArgument.Parse(this, Firmware),
            SecureBoot = TristateText.Parse(SecureBoot ?? "", "secure-boot"),
            FirmwareFeatures = FirmwareFeature.Aggregate(
                FirmwareFeatureFilter.Default,
                (filter, text) => filter.With(text)
            ),
            EfiNvramTemplate = ToPath(EfiNvramTemplate, "efi-nvram-template"),
            EfiNvramState = StateLocation.Parse(EfiNvramState, CurrentDirectory, "efi-nvram-state"),
            Smbios11 = [.. Smbios11.Select(Smbios11Text.Parse)],
            Name = IsGiven(Machine) ? MachineName.Parse(Machine) : null,
            Uuid = IsGiven(Uuid) ? MachineUuid.Parse(Uuid) : null,
            QemuArguments = [.. QemuArgument],
        };
    }

    // An empty text means "not given", as in the manual page's program (the spec, section 1.2).
    private static bool IsGiven([NotNullWhen(true)] string? text) => !string.IsNullOrEmpty(text);

    private HostPath? ToPath(string? path, string option) =>
        IsGiven(path) ? PathArgument.Resolve(this, path, option) : null;
}
