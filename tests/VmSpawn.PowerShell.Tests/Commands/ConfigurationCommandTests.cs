using System.Collections;
using System.Management.Automation;
using System.Reflection;
using VmSpawn.Commands;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Systemd;
using VmSpawn.PowerShell.Tests.Hosting;

namespace VmSpawn.PowerShell.Tests.Commands;

public sealed class ConfigurationCommandTests : IDisposable
{
    private readonly TestShell _shell = new();

    public static TheoryData<string> Parameters =>
        [
            .. typeof(ConfigurationCommand)
                .GetProperties()
                .Where(property => property.GetCustomAttribute<ParameterAttribute>() is { DontShow: false })
                .Select(property => property.Name),
        ];

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void What_is_not_given_has_the_manual_pages_default()
    {
        var configuration = Configure("-Image /a.raw");

        Assert.Equal(Text(new VmConfiguration { Image = configuration.Image }), Text(configuration));
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Every_parameter_reaches_the_configuration(string name)
    {
        var (argument, expected) = Sample(name);

        Assert.Equal(
            Text(expected(new VmConfiguration { Image = HostPath.Parse("/a.raw", "image") })),
            Text(Configure(name == "Image" ? argument : $"-Image /a.raw {argument}"))
        );
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Nothing_in_a_parameter_is_as_if_it_were_not_given(string name)
    {
        if (name is "BootEntry")
        {
            Assert.Equal(Text(Configure("-Image /a.raw")), Text(Configure("-Image /a.raw -BootEntry $null")));
            return; // It takes an object.
        }

        if (
            name
            is "Image"
                or "Smbios11"
                or "FirmwareFeature"
                or "KernelArgument"
                or "QemuArgument"
                or "Cpus"
                or "Ram"
                or "Background"
        )
        {
            return; // There an empty text has a meaning of its own, or is refused as the manual page's program does.
        }

        var isSwitch = typeof(ConfigurationCommand).GetProperty(name)!.PropertyType == typeof(SwitchParameter);
        Assert.Equal(
            Text(Configure("-Image /a.raw")),
            Text(Configure($"-Image /a.raw -{name}{(isSwitch ? ":$false" : " ''")}"))
        );
    }

    [Fact]
    public void Automatic_private_users_are_left_to_the_host()
    {
        var configuration = Configure("-Directory /t -PrivateUsers auto");

        Assert.True(configuration.AutomaticPrivateUsers);
        Assert.Null(configuration.PrivateUsers);
    }

    [Fact]
    public void What_has_the_properties_of_a_mount_is_one()
    {
        var bind = Assert.Single(
            Configure(
                "-Image /a.raw -Bind ([pscustomobject]@{ Source = '/s'; Target = '/t'; ReadOnly = $true; UidMap = '0:9' })"
            ).Binds
        );

        Assert.Equal(("/s", "/t", true), (bind.Source, bind.Target, bind.IsReadOnly));
        Assert.Equal([new IdRange(0, 9, 1)], bind.UidMap);
    }

    [Fact]
    public void Maps_of_a_mount_reach_the_configuration()
    {
        var bind = Assert.Single(
            Configure("-Image /a.raw -Bind (New-VmMount /s /t -UidMap 0:1000, 1:2:3 -GidMap 0:5)").Binds
        );

        Assert.Equal([new IdRange(0, 1000, 1), new IdRange(1, 2, 3)], bind.UidMap);
        Assert.Equal([new IdRange(0, 5, 1)], bind.GidMap);
    }

    private (string Argument, Func<VmConfiguration, VmConfiguration> Expected) Sample(string name) =>
        name switch
        {
            "Image" => ("-Image /a.raw", vm => vm),
            "BootEntry" => ($"-BootEntry (Get-VmBootEntry '{Tree()}')", vm => vm with { BootEntry = EntryOf(Tree()) }),
            "Directory" => ("-Directory /t", vm => vm with { Directory = HostPath.Parse("/t", "directory") }),
            "PrivateUsers" => ("-PrivateUsers 1000:10", vm => vm with { PrivateUsers = new IdMapping(1000, 10) }),
            "Bind" => (
                "-Bind '/a\\:b:/t', (New-VmMount /s /u -ReadOnly), ([IO.DirectoryInfo]'/c')",
                vm =>
                    vm with
                    {
                        Binds =
                        [
                            new BindMount("/a:b", "/t", false),
                            new BindMount("/s", "/u", true),
                            new BindMount("/c", "/c", false),
                        ],
                    }
            ),
            "BindReadOnly" => (
                "-BindReadOnly /a, (New-VmMount /s /u)",
                vm => vm with { Binds = [new BindMount("/a", "/a", true), new BindMount("/s", "/u", true)] }
            ),
            "Credential" => (
                "-Credential (New-VmCredential a -Value x), (New-VmCredential b -Bytes 1, 2)",
                vm => vm with { Credentials = [CredentialSpec.ParseSet("a:x"), CredentialSpec.ParseSet(@"b:\x01\x02")] }
            ),
            "SetCredential" => (
                "-SetCredential 'a:x\\n', b:",
                vm => vm with { Credentials = [CredentialSpec.ParseSet(@"a:x\n"), CredentialSpec.ParseSet("b:")] }
            ),
            "LoadCredential" => (
                "-LoadCredential a:./x, b:name",
                vm =>
                    vm with
                    {
                        Credentials =
                        [
                            CredentialSpec.ParseLoad("a:./x", _shell.Directory.FullName),
                            CredentialSpec.ParseLoad("b:name", "/"),
                        ],
                    }
            ),
            "ImageFormat" => ("-ImageFormat qcow2", vm => vm with { ImageFormat = DiskFormat.Qcow2 }),
            "ImageDiskType" => ("-ImageDiskType nvme", vm => vm with { ImageDiskType = DiskType.Nvme }),
            "Ephemeral" => ("-Ephemeral", vm => vm with { Ephemeral = true }),
            "GrowImage" => ("-GrowImage 4GB", vm => vm with { GrowImage = new ByteSize(4UL << 30) }),
            "DiscardDisk" => ("-DiscardDisk $false", vm => vm with { DiscardDisk = false }),
            "ExtraDrive" => (
                "-ExtraDrive qcow2:nvme:/d.qcow2, /e:f.raw",
                vm =>
                    vm with
                    {
                        ExtraDrives = [DriveSpec.Parse("qcow2:nvme:/d.qcow2", "/"), DriveSpec.Parse("/e:f.raw", "/")],
                    }
            ),
            "Linux" => ("-Linux /k", vm => vm with { Linux = HostPath.Parse("/k", "linux") }),
            "Initrd" => (
                "-Initrd /i1, /i2",
                vm => vm with { Initrds = [HostPath.Parse("/i1", "initrd"), HostPath.Parse("/i2", "initrd")] }
            ),
            "KernelArgument" => ("-KernelArgument quiet, 'a b'", vm => vm with { KernelArguments = ["quiet", "a b"] }),
            "Cpus" => ("-Cpus 4,sockets=2,cores=2", vm => vm with { Cpus = CpuTopology.Parse("4,sockets=2,cores=2") }),
            "Ram" => ("-Ram 1.5GB", vm => vm with { Ram = MemorySize.FromBytes(1536UL << 20) }),
            "Architecture" => ("-Architecture arm64", vm => vm with { Architecture = "arm64" }),
            "Kvm" => ("-Kvm $false", vm => vm with { Kvm = Tristate.No }),
            "Vsock" => ("-Vsock yes", vm => vm with { Vsock = Tristate.Yes }),
            "ForwardJournal" => (
                "-ForwardJournal /log/vm.journal",
                vm => vm with { ForwardJournal = HostPath.Parse("/log/vm.journal", "forward-journal") }
            ),
            "ForwardJournalMaxUse" => (
                "-ForwardJournalMaxUse 64MB",
                vm => vm with { JournalLimits = new JournalLimits(MaxUse: ByteSize.Parse("64M", "x")) }
            ),
            "ForwardJournalKeepFree" => (
                "-ForwardJournalKeepFree 1G",
                vm => vm with { JournalLimits = new JournalLimits(KeepFree: ByteSize.Parse("1G", "x")) }
            ),
            "ForwardJournalMaxFileSize" => (
                "-ForwardJournalMaxFileSize 8388608",
                vm => vm with { JournalLimits = new JournalLimits(MaxFileSize: ByteSize.Parse("8M", "x")) }
            ),
            "ForwardJournalMaxFiles" => (
                "-ForwardJournalMaxFiles 10",
                vm => vm with { JournalLimits = new JournalLimits(MaxFiles: 10) }
            ),
            "VsockCid" => ("-VsockCid 42", vm => vm with { VsockCid = VsockCid.Parse("42") }),
            "NotifyTransport" => (
                "-NotifyTransport serial",
                vm => vm with { NotifyTransport = NotifyTransport.VirtioSerial }
            ),
            "NotifyReady" => ("-NotifyReady no", vm => vm with { NotifyReady = false }),
            "Tpm" => ("-Tpm off", vm => vm with { Tpm = Tristate.No }),
            "TpmState" => ("-TpmState auto", vm => vm with { TpmState = StateLocation.BesideImage }),
            "NetworkUserMode" => ("-NetworkUserMode", vm => vm with { Network = NetworkMode.User }),
            "NetworkTap" => ("-NetworkTap", vm => vm with { Network = NetworkMode.Tap }),
            "PortForward" => (
                "-PortForward 2222:22, udp:0.0.0.0:53:5353",
                vm =>
                    vm with
                    {
                        PortForwards = [PortForward.Parse("2222:22"), PortForward.Parse("udp:0.0.0.0:53:5353")],
                    }
            ),
            "QemuArgument" => (
                "-QemuArgument '-S', '-snapshot'",
                vm => vm with { QemuArguments = ["-S", "-snapshot"] }
            ),
            "Console" => ("-Console readonly", vm => vm with { Console = ConsoleMode.ReadOnly }),
            "ConsoleTransport" => (
                "-ConsoleTransport Virtio",
                vm => vm with { ConsoleTransport = ConsoleTransport.Virtio }
            ),
            "Background" => ("-Background 44", vm => vm with { Background = BackgroundColor.Parse("44") }),
            "Vnc" => ("-Vnc 5901", vm => vm with { Vnc = VncAddress.Parse("5901") }),
            "Firmware" => ("-Firmware bios", vm => vm with { Firmware = FirmwareChoice.Bios }),
            "SecureBoot" => ("-SecureBoot yes", vm => vm with { SecureBoot = Tristate.Yes }),
            "FirmwareFeature" => (
                "-FirmwareFeature acpi-s3, '~amd-sev'",
                vm => vm with { FirmwareFeatures = FirmwareFeatureFilter.Default.With("acpi-s3,~amd-sev") }
            ),
            "EfiNvramTemplate" => (
                "-EfiNvramTemplate /v.fd",
                vm => vm with { EfiNvramTemplate = HostPath.Parse("/v.fd", "efi-nvram-template") }
            ),
            "EfiNvramState" => (
                "-EfiNvramState /v.fd",
                vm => vm with { EfiNvramState = StateLocation.At(HostPath.Parse("/v.fd", "efi-nvram-state")) }
            ),
            "Smbios11" => ("-Smbios11 a:b=c", vm => vm with { Smbios11 = ["a:b=c"] }),
            "PassSshKey" => ("-PassSshKey $true", vm => vm with { PassSshKey = Tristate.Yes }),
            "SshKeyType" => ("-SshKeyType rsa", vm => vm with { SshKeyType = "rsa" }),
            "SshKey" => ("-SshKey /k", vm => vm with { SshKey = HostPath.Parse("/k", "ssh-key") }),
            "Machine" => ("-Machine web1", vm => vm with { Name = MachineName.Parse("web1") }),
            "Uuid" => (
                "-Uuid 3d1219c7c4c5404aaa1f6d2a48adfda4",
                vm => vm with { Uuid = MachineUuid.Parse("3d1219c7c4c5404aaa1f6d2a48adfda4") }
            ),
            "Register" => ("-Register $true", vm => vm with { Register = Tristate.Yes }),
            "System" => ("-System", vm => vm with { ServiceManager = ServiceManager.System }),
            "User" => ("-User", vm => vm with { ServiceManager = ServiceManager.User }),
            "Slice" => ("-Slice test", vm => vm with { Slice = SliceName.Parse("test.slice") }),
            "Property" => (
                "-Property MemoryMax=4G, TasksMax=9",
                vm =>
                    vm with
                    {
                        UnitProperties = [UnitProperty.Parse("MemoryMax=4G"), UnitProperty.Parse("TasksMax=9")],
                    }
            ),
            "KeepUnit" => ("-KeepUnit", vm => vm with { KeepUnit = true }),
            _ => throw new ArgumentException($"A test of -{name} is missing.", nameof(name)),
        };

    private string Tree()
    {
        var entries = System.IO.Directory.CreateDirectory(
            Path.Combine(_shell.Directory.FullName, "tree/boot/loader/entries")
        );
        File.WriteAllText(Path.Combine(entries.FullName, "a.conf"), "title A\n");
        return Path.Combine(_shell.Directory.FullName, "tree");
    }

    private static Engine.Boot.BootEntry EntryOf(string tree) =>
        Engine.Boot.BootEntryList.Read(new Engine.Host.LinuxHostFiles(), tree).Entries.Single();

    private VmConfiguration Configure(string arguments)
    {
        _shell.Run($"New-VmSpawnPlan {arguments}").Single<Plan>();
        return _shell.Engine.Configuration!;
    }

    // Lists are compared by their items.
    private static string Text(VmConfiguration configuration) =>
        string.Join('\n', typeof(VmConfiguration).GetProperties().Select(property => Text(property, configuration)));

    private static string Text(PropertyInfo property, VmConfiguration configuration) =>
        $"{property.Name} = "
        + property.GetValue(configuration) switch
        {
            FirmwareFeatureFilter filter =>
                $"{string.Join(' ', filter.Include)} but not {string.Join(' ', filter.Exclude)}",
            IEnumerable<CredentialSpec> items => string.Join(
                " | ",
                items.Select(item => $"{item.Id}={Convert.ToHexString(item.Content?.ToArray() ?? [])} {item.Source}")
            ),
            IEnumerable items => string.Join(" | ", items.Cast<object>()),
            var value => value,
        };
}
