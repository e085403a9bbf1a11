using VmSpawn.Engine.Boot;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Tests.Boot;
using VmSpawn.Engine.Tests.Fakes;
using Xunit;

namespace VmSpawn.Engine.Tests.Planning;

/// <summary>Whole plans, one file each, so that a change of behaviour shows as a readable difference.</summary>
public sealed class GoldenPlanTests
{
    private readonly Scenario _scenario = new();

    [Fact]
    public void A_kernel_and_an_initrd_without_firmware() =>
        Verify(
            "kernel",
            Scenario.FromKernel with
            {
                Ram = MemorySize.Parse("512M"),
                KernelArguments = ["quiet", "panic=-1"],
            }
        );

    [Fact]
    public void Two_initrds_are_joined() =>
        Verify(
            "kernel-two-initrds",
            Scenario.FromKernel with
            {
                Initrds = [HostPath.Parse(Scenario.Initrd, "initrd"), HostPath.Parse(Scenario.Kernel, "initrd")],
            }
        );

    [Fact]
    public void The_kernel_of_a_boot_entry_inside_the_disk()
    {
        _scenario.Host.WithFile(Scenario.Disk, BootDisk.WithEntry("options root=LABEL=os quiet\n").Build());
        Verify(
            "boot-entry",
            Scenario.FromDisk with
            {
                BootEntry = BootEntryList.ReadImage(_scenario.Host.Files, Scenario.Disk).Entries.Single(),
            }
        );
    }

    [Fact]
    public void A_disk_with_the_BIOS() =>
        Verify(
            "disk-bios",
            Scenario.FromDisk with
            {
                Name = MachineName.Parse("web"),
                Firmware = FirmwareChoice.Bios,
                Cpus = CpuTopology.Parse("4,sockets=2,cores=2"),
                Ram = MemorySize.Parse("1G:4G:2"),
                Uuid = MachineUuid.Parse("01234567-89ab-cdef-0123-456789abcdef"),
                Network = NetworkMode.User,
                PortForwards = [PortForward.Parse("2222:22"), PortForward.Parse("udp:0.0.0.0:5353:53")],
                DiscardDisk = false,
                KernelArguments = ["systemd.unit=rescue.target", "a=1,2"],
                QemuArguments = ["-device", "usb-kbd"],
            }
        );

    [Fact]
    public void A_disk_through_UEFI_with_Secure_Boot_support() => Verify("disk-uefi", Scenario.FromDisk);

    [Fact]
    public void Vsock_in_user_space()
    {
        _scenario.Host.WithFiles("/usr/bin/vhost-device-vsock");
        Verify("vsock-user-space", Scenario.FromKernel with { VsockCid = VsockCid.Parse("4242") });
    }

    [Fact]
    public void An_ephemeral_disk_that_is_grown() =>
        Verify(
            "disk-ephemeral",
            Scenario.FromDisk with
            {
                Ephemeral = true,
                GrowImage = ByteSize.FromMebibytes(128),
                ImageDiskType = DiskType.Nvme,
                SecureBoot = Tristate.No,
            }
        );

    [Fact]
    public void A_foreign_architecture_is_emulated()
    {
        _scenario.Host.WithFiles("/usr/bin/qemu-system-aarch64");
        Verify(
            "aarch64",
            Scenario.FromKernel with
            {
                Architecture = "arm64",
                Credentials = [CredentialSpec.ParseSet("foo:bar")],
                Smbios11 = ["vendor:x"],
            }
        );
    }

    [Fact]
    public void A_directory_tree()
    {
        _scenario
            .Host.WithFiles("/usr/libexec/virtiofsd", "/trees/debian/boot/linux", "/trees/debian/boot/initrd")
            .WithFile("/trees/debian/boot/loader/entries/debian.conf", "linux /linux\ninitrd /initrd\n");
        Verify(
            "directory",
            new VmConfiguration
            {
                Directory = HostPath.Parse("/trees/debian", "directory"),
                PrivateUsers = IdMapping.Parse("524288"),
                Firmware = FirmwareChoice.None,
            }
        );
    }

    [Theory]
    [InlineData(ConsoleMode.Native)]
    [InlineData(ConsoleMode.Gui)]
    [InlineData(ConsoleMode.Headless)]
    public void A_console_of_another_mode(ConsoleMode mode) =>
        Verify($"console-{ConsoleModeText.Format(mode)}", Scenario.FromKernel with { Console = mode });

    [Fact]
    public void Every_feature_at_once()
    {
        _scenario
            .Host.WithFiles("/usr/bin/swtpm", "/usr/bin/swtpm_setup", "/usr/bin/ssh-keygen", "/usr/libexec/virtiofsd")
            .WithFiles("/usr/lib/systemd/systemd-journal-remote", "/images/data.raw", "/images/cd.iso")
            .WithDirectory("/srv/share")
            .WithDirectory("/srv/with,comma");
        _scenario.Host.Kvm = new DeviceAccess(Usable: true, "QEMU started a virtual CPU with it");
        _scenario.Host.VhostVsock = new DeviceAccess(Usable: true, "/dev/vhost-vsock can be opened");
        Verify("everything", Everything);
    }

    private static VmConfiguration Everything =>
        Scenario.FromDisk with
        {
            Name = MachineName.Parse("everything"),
            Cpus = CpuTopology.Parse("4,sockets=2,cores=2"),
            Ram = MemorySize.Parse("1G:4G:2"),
            Vsock = Tristate.Yes,
            Tpm = Tristate.Yes,
            TpmState = StateLocation.BesideImage,
            EfiNvramState = StateLocation.BesideImage,
            ImageDiskType = DiskType.VirtioScsi,
            ExtraDrives =
            [
                DriveSpec.Parse("virtio-blk:data.raw", "/images"),
                DriveSpec.Parse("scsi-cd:cd.iso", "/images"),
            ],
            Network = NetworkMode.Tap,
            Uuid = MachineUuid.Parse("01234567-89ab-cdef-0123-456789abcdef"),
            Binds =
            [
                BindMount.Parse("/srv/share", readOnly: true, "/"),
                BindMount.Parse("/srv/with,comma:/mnt/a b:c", readOnly: false, "/"),
            ],
            Credentials = [CredentialSpec.ParseSet("passwd.hashed-password.root:secret")],
            PassSshKey = Tristate.Yes,
            ForwardJournal = HostPath.Parse("/var/log/vm.journal", "forward-journal"),
            JournalLimits = new JournalLimits(MaxUse: ByteSize.FromMebibytes(64), MaxFiles: 3),
            Smbios11 = ["vendor:one", "two,three"],
            ConsoleTransport = ConsoleTransport.Virtio,
            KernelArguments = ["quiet"],
        };

    private void Verify(string name, VmConfiguration configuration) =>
        GoldenFile.Verify(name, _scenario.Plan(configuration).ToText());
}
