using System.Collections.Immutable;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Systemd;

namespace VmSpawn.Engine.Arguments;

/// <summary>
/// Every option of <c>systemd-vmspawn</c> up to version 262, with the parameter it becomes (the spec, sections 1.2 and
/// 11.1). The order is that of the manual page, and the order in which parameters are written.
/// </summary>
internal static class CommandLineOptions
{
    // Where a path starts from does not matter when only its form is checked.
    private const string AnyDirectory = "/";

    private static readonly WordBinding DiskType = new(
        "ImageDiskType",
        ("virtio-blk", "virtio-blk"),
        ("virtio-scsi", "virtio-scsi"),
        ("nvme", "nvme"),
        ("scsi-cd", "scsi-cd")
    );

    private static readonly WordBinding ConsoleMode = new(
        "Console",
        ("interactive", "Interactive"),
        ("read-only", "ReadOnly"),
        ("native", "Native"),
        ("gui", "Gui"),
        ("headless", "Headless")
    );

    private static readonly TextBinding Cpus = new("Cpus", text => CpuTopology.Parse(text), emptyResets: false);
    private static readonly TextBinding Ram = new("Ram", text => MemorySize.Parse(text), emptyResets: false);
    private static readonly TristateBinding Kvm = new("Kvm");
    private static readonly TristateBinding Vsock = new("Vsock");

    /// <summary>The options.</summary>
    public static ImmutableArray<CommandLineOption> All { get; } =
    [
        new("help", 'h', new ActionBinding(CommandLineAction.Help)),
        new("version", null, new ActionBinding(CommandLineAction.Version)),
        new("no-pager", null, new IgnoredBinding()),
        new("no-ask-password", null, new IgnoredBinding()),
        new("quiet", 'q', new SwitchBinding("Quiet")),
        new("system", null, new SwitchBinding("System", "User")),
        new("user", null, new SwitchBinding("User", "System")),
        .. Images,
        .. Host,
        .. Identity,
        .. Drives,
        .. Integration,
    ];

    private static IEnumerable<CommandLineOption> Images =>
        [
            new("directory", 'D', new TextBinding("Directory")),
            new("image", 'i', new TextBinding("Image")),
            new("image-format", null, new WordBinding("ImageFormat", ("raw", "raw"), ("qcow2", "qcow2"))),
            new("image-disk-type", null, DiskType),
            new("ephemeral", 'x', new SwitchBinding("Ephemeral")),
            new("grow-image", 'G', new GrowImageBinding()),
        ];

    private static IEnumerable<CommandLineOption> Host =>
        [
            new("cpus", null, Cpus),
            new("qemu-smp", null, Cpus, Hidden: true),
            new("ram", null, Ram),
            new("qemu-mem", null, Ram, Hidden: true),
            new("kvm", null, Kvm),
            new("qemu-kvm", null, Kvm, Hidden: true),
            new("vsock", null, Vsock),
            new("qemu-vsock", null, Vsock, Hidden: true),
            new("vsock-cid", null, new TextBinding("VsockCid", text => VsockCid.Parse(text))),
            new("tpm", null, new TristateBinding("Tpm")),
            new("tpm-state", null, new StateBinding("TpmState")),
            new("linux", null, new TextBinding("Linux")),
            new("initrd", null, new ListBinding("Initrd", EmptyItem.IsIgnored)),
            new("network-tap", 'n', new SwitchBinding("NetworkTap", "NetworkUserMode")),
            new("network-user-mode", null, new SwitchBinding("NetworkUserMode", "NetworkTap")),
            new("secure-boot", null, new SecureBootBinding()),
            new("firmware", null, new FirmwareBinding()),
            new("firmware-features", null, new FirmwareFeatureBinding()),
            new("efi-nvram-template", null, new ExplicitPathBinding("EfiNvramTemplate")),
            new("efi-nvram-state", null, new StateBinding("EfiNvramState")),
            new("discard-disk", null, new BooleanBinding("DiscardDisk")),
            new("smbios11", 's', new ListBinding("Smbios11", EmptyItem.Clears, text => Smbios11Text.Parse(text))),
            new("coco", null, new WordBinding("Coco", ("no", ""), ("sev-snp", "sev-snp"), ("tdx", "tdx"))),
        ];

    private static IEnumerable<CommandLineOption> Identity =>
        [
            new("machine", 'M', new TextBinding("Machine", text => MachineName.Parse(text))),
            new("uuid", null, new TextBinding("Uuid", text => MachineUuid.Parse(text), emptyResets: false)),
            new("slice", 'S', new TextBinding("Slice", text => SliceName.Parse(text))),
            new("property", null, new ListBinding("Property", EmptyItem.IsValue, text => UnitProperty.Parse(text))),
            new("keep-unit", null, new SwitchBinding("KeepUnit")),
            new("register", null, new TristateBinding("Register", emptyIsAuto: false)),
        ];

    private static IEnumerable<CommandLineOption> Drives =>
        [
            new(
                "private-users",
                null,
                new TextBinding("PrivateUsers", text => IdMapping.Parse(text), emptyResets: false)
            ),
            new(
                "bind",
                null,
                new ListBinding("Bind", EmptyItem.IsValue, text => BindMount.Parse(text, readOnly: false, AnyDirectory))
            ),
            new(
                "bind-ro",
                null,
                new ListBinding(
                    "BindReadOnly",
                    EmptyItem.IsValue,
                    text => BindMount.Parse(text, readOnly: true, AnyDirectory)
                )
            ),
            new(
                "bind-user",
                null,
                new ListBinding("BindUser", EmptyItem.IsValue, text => UserName.Parse(text, "bind-user"))
            ),
            new(
                "bind-user-shell",
                null,
                new TextBinding("BindUserShell", text => UserShell.Parse(text), emptyResets: false)
            ),
            new(
                "bind-user-group",
                null,
                new ListBinding("BindUserGroup", EmptyItem.IsValue, text => UserName.Parse(text, "bind-user-group"))
            ),
            new("bind-volume", null, new VolumeBinding()),
            new(
                "extra-drive",
                null,
                new ListBinding("ExtraDrive", EmptyItem.IsIgnored, text => DriveSpec.Parse(text, AnyDirectory))
            ),
        ];

    private static IEnumerable<CommandLineOption> Integration =>
        [
            new("forward-journal", null, new TextBinding("ForwardJournal")),
            new("forward-journal-max-use", null, Size("ForwardJournalMaxUse", "forward-journal-max-use")),
            new("forward-journal-keep-free", null, Size("ForwardJournalKeepFree", "forward-journal-keep-free")),
            new(
                "forward-journal-max-file-size",
                null,
                Size("ForwardJournalMaxFileSize", "forward-journal-max-file-size")
            ),
            new(
                "forward-journal-max-files",
                null,
                new TextBinding("ForwardJournalMaxFiles", text => JournalLimits.ParseFiles(text), emptyResets: false)
            ),
            new("pass-ssh-key", null, new BooleanBinding("PassSshKey")),
            new("ssh-key-type", null, new TextBinding("SshKeyType", text => SshKeyType.Parse(text))),
            new("notify-ready", null, new BooleanBinding("NotifyReady")),
            new("console", null, ConsoleMode),
            new("qemu-gui", null, new ConsoleGuiBinding(), Hidden: true),
            new(
                "console-transport",
                null,
                new WordBinding("ConsoleTransport", ("virtio", "Virtio"), ("serial", "Serial"))
            ),
            new(
                "background",
                null,
                new TextBinding("Background", text => BackgroundColor.Parse(text), emptyResets: false)
            ),
            new(
                "set-credential",
                null,
                new ListBinding("SetCredential", EmptyItem.IsValue, text => CredentialSpec.ParseSet(text))
            ),
            new(
                "load-credential",
                null,
                new ListBinding(
                    "LoadCredential",
                    EmptyItem.IsValue,
                    text => CredentialSpec.ParseLoad(text, AnyDirectory)
                )
            ),
        ];

    private static TextBinding Size(string parameter, string option) =>
        new(parameter, text => ByteSize.Parse(text, option), emptyResets: false);
}
