using System.Collections.Immutable;
using VmSpawn.Engine.Boot;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Systemd;

namespace VmSpawn.Engine.Arguments;

/// <summary>Makes a <see cref="VmConfiguration"/> of a command line, as <c>Start-VmSpawn</c> does of its parameters.</summary>
public static class CommandLineConfiguration
{
    /// <summary>Id of the error for an option that is read and cannot be carried out yet.</summary>
    public const string OptionNotSupported = "OptionNotSupported";

    private delegate VmConfiguration Setter(VmConfiguration configuration, string value, string workingDirectory);

    private static readonly Dictionary<string, Setter> Setters = new(StringComparer.Ordinal)
    {
        ["Directory"] = (vm, value, at) => vm with { Directory = HostPath.Resolve(value, at, "directory") },
        ["Image"] = (vm, value, at) => vm with { Image = HostPath.Resolve(value, at, "image") },
        ["ImageFormat"] = (vm, value, _) => vm with { ImageFormat = DiskFormatText.Parse(value) },
        ["ImageDiskType"] = (vm, value, _) => vm with { ImageDiskType = DiskTypeText.Parse(value) },
        ["Cpus"] = (vm, value, _) => vm with { Cpus = CpuTopology.Parse(value) },
        ["Ram"] = (vm, value, _) => vm with { Ram = MemorySize.Parse(value) },
        ["Kvm"] = (vm, value, _) => vm with { Kvm = TristateText.Parse(value, "kvm") },
        ["Linux"] = (vm, value, at) => vm with { Linux = HostPath.Resolve(value, at, "linux") },
        ["Initrd"] = (vm, value, at) => vm with { Initrds = vm.Initrds.Add(HostPath.Resolve(value, at, "initrd")) },
        ["NetworkTap"] = (vm, _, _) => vm with { Network = NetworkMode.Tap },
        ["NetworkUserMode"] = (vm, _, _) => vm with { Network = NetworkMode.User },
        ["SecureBoot"] = (vm, value, _) => vm with { SecureBoot = TristateText.Parse(value, "secure-boot") },
        ["Firmware"] = (vm, value, at) => vm with { Firmware = FirmwareChoice.Parse(value, at) },
        ["DiscardDisk"] = (vm, value, _) => vm with { DiscardDisk = BooleanText.Parse(value, "discard-disk") },
        ["Machine"] = (vm, value, _) => vm with { Name = MachineName.Parse(value) },
        ["Register"] = (vm, value, _) => vm with { Register = TristateText.Parse(value, "register") },
        ["System"] = (vm, _, _) => vm with { ServiceManager = ServiceManager.System },
        ["User"] = (vm, _, _) => vm with { ServiceManager = ServiceManager.User },
        ["Slice"] = (vm, value, _) => vm with { Slice = SliceName.Parse(value) },
        ["Property"] = (vm, value, _) => vm with { UnitProperties = vm.UnitProperties.Add(UnitProperty.Parse(value)) },
        ["KeepUnit"] = (vm, _, _) => vm with { KeepUnit = true },
        ["Uuid"] = (vm, value, _) => vm with { Uuid = MachineUuid.Parse(value) },
        ["Console"] = (vm, value, _) => vm with { Console = Enum.Parse<ConsoleMode>(value) },
        ["KernelArgument"] = (vm, value, _) =>
            vm with
            {
                KernelArguments = vm.KernelArguments.Add(KernelArgument.Parse(value)),
            },
        ["Ephemeral"] = (vm, _, _) => vm with { Ephemeral = true },
        ["GrowImage"] = (vm, value, _) => vm with { GrowImage = ByteSize.Parse(value, "grow-image") },
        ["ExtraDrive"] = (vm, value, at) => vm with { ExtraDrives = vm.ExtraDrives.Add(DriveSpec.Parse(value, at)) },
        ["Vsock"] = (vm, value, _) => vm with { Vsock = TristateText.Parse(value, "vsock") },
        ["VsockCid"] = (vm, value, _) => vm with { VsockCid = VsockCid.Parse(value) },
        ["NotifyReady"] = (vm, value, _) => vm with { NotifyReady = BooleanText.Parse(value, "notify-ready") },
        ["Tpm"] = (vm, value, _) => vm with { Tpm = TristateText.Parse(value, "tpm") },
        ["TpmState"] = (vm, value, at) => vm with { TpmState = StateLocation.Parse(value, at, "tpm-state") },
        ["FirmwareFeature"] = (vm, value, _) => vm with { FirmwareFeatures = vm.FirmwareFeatures.With(value) },
        ["EfiNvramTemplate"] = (vm, value, at) =>
            vm with
            {
                EfiNvramTemplate = HostPath.ResolveMarked(value, at, "efi-nvram-template"),
            },
        ["EfiNvramState"] = (vm, value, at) =>
            vm with
            {
                EfiNvramState = StateLocation.Parse(value, at, "efi-nvram-state"),
            },
        ["Smbios11"] = (vm, value, _) => vm with { Smbios11 = vm.Smbios11.Add(Smbios11Text.Parse(value)) },
        ["PrivateUsers"] = (vm, value, _) => vm with { PrivateUsers = IdMapping.Parse(value) },
        ["Bind"] = (vm, value, at) => vm with { Binds = vm.Binds.Add(BindMount.Parse(value, readOnly: false, at)) },
        ["BindReadOnly"] = (vm, value, at) =>
            vm with
            {
                Binds = vm.Binds.Add(BindMount.Parse(value, readOnly: true, at)),
            },
        ["BindUser"] = (vm, value, _) =>
            vm with
            {
                BindUsers = WithName(vm.BindUsers, UserName.Parse(value, "bind-user")),
            },
        ["BindUserShell"] = (vm, value, _) => vm with { BindUserShell = UserShell.Parse(value) },
        ["BindUserGroup"] = (vm, value, _) =>
            vm with
            {
                BindUserGroups = WithName(vm.BindUserGroups, UserName.Parse(value, "bind-user-group")),
            },
        ["BindVolume"] = (_, value, _) =>
            throw new VmSpawnException(
                "StorageProviderNotSupported",
                VmErrorKind.HostRequirement,
                $"The volume '{VolumeSpec.Parse(value).Id}' (--bind-volume) cannot be had: storage providers are not supported.",
                value,
                "Attach what is behind the volume with --extra-drive=."
            ),
        ["Coco"] = (_, value, _) =>
            throw new VmSpawnException(
                "ConfidentialGuestsNotSupported",
                VmErrorKind.HostRequirement,
                $"Confidential guests (--coco={value}) are not supported.",
                value,
                "Leave it out."
            ),
        ["SetCredential"] = (vm, value, _) =>
            vm with
            {
                Credentials = vm.Credentials.Add(CredentialSpec.ParseSet(value)),
            },
        ["LoadCredential"] = (vm, value, at) =>
            vm with
            {
                Credentials = vm.Credentials.Add(CredentialSpec.ParseLoad(value, at)),
            },
        ["PassSshKey"] = (vm, value, _) => vm with { PassSshKey = TristateText.Parse(value, "pass-ssh-key") },
        ["SshKeyType"] = (vm, value, _) => vm with { SshKeyType = SshKeyType.Parse(value) },
        ["ForwardJournal"] = (vm, value, at) =>
            vm with
            {
                ForwardJournal = HostPath.Resolve(value, at, "forward-journal"),
            },
        ["ForwardJournalMaxUse"] = (vm, value, _) =>
            vm with
            {
                JournalLimits = vm.JournalLimits with { MaxUse = ByteSize.Parse(value, "forward-journal-max-use") },
            },
        ["ForwardJournalKeepFree"] = (vm, value, _) =>
            vm with
            {
                JournalLimits = vm.JournalLimits with { KeepFree = ByteSize.Parse(value, "forward-journal-keep-free") },
            },
        ["ForwardJournalMaxFileSize"] = (vm, value, _) =>
            vm with
            {
                JournalLimits = vm.JournalLimits with
                {
                    MaxFileSize = ByteSize.Parse(value, "forward-journal-max-file-size"),
                },
            },
        ["ForwardJournalMaxFiles"] = (vm, value, _) =>
            vm with
            {
                JournalLimits = vm.JournalLimits with { MaxFiles = JournalLimits.ParseFiles(value) },
            },
        ["Background"] = (vm, value, _) => vm with { Background = BackgroundColor.Parse(value) },
        ["ConsoleTransport"] = (vm, value, _) => vm with { ConsoleTransport = Enum.Parse<ConsoleTransport>(value) },
    };

    // What is said to the one who starts the VM, not of the VM itself.
    private static readonly HashSet<string> Presentation = ["Quiet"];

    /// <summary>Makes the configuration.</summary>
    /// <param name="commandLine">A command line that starts a VM.</param>
    /// <param name="workingDirectory">Absolute path of the directory that relative paths start from.</param>
    /// <exception cref="VmSpawnException">A value cannot be used, or an option is not supported (<c>OptionNotSupported</c>).</exception>
    public static VmConfiguration Create(ParsedCommandLine commandLine, string workingDirectory)
    {
        // A command line of that program means what it means there.
        var configuration = new VmConfiguration
        {
            BootEntryRules = BootEntryRules.SystemdVmspawn,
            NotifyOverPorts = false,
        };
        foreach (var (name, value) in commandLine.Values)
        {
            if (Setters.TryGetValue(name, out var set))
            {
                configuration = set(configuration, ParameterText.Of(value), workingDirectory);
            }
            else if (!Presentation.Contains(name))
            {
                throw new VmSpawnException(
                    OptionNotSupported,
                    VmErrorKind.InvalidArgument,
                    $"The option for '{name}' is not supported yet.",
                    name,
                    "Leave it out."
                );
            }
        }

        return configuration;
    }

    // Naming one twice is naming it once (the spec, section 11.1).
    private static ImmutableArray<UserName> WithName(ImmutableArray<UserName> names, UserName name) =>
        names.Contains(name) ? names : names.Add(name);
}
