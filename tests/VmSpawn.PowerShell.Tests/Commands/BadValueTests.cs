using System.Management.Automation;
using System.Reflection;
using System.Runtime.InteropServices;
using VmSpawn.Commands;
using VmSpawn.Engine.Errors;
using VmSpawn.PowerShell.Tests.Fakes;
using VmSpawn.PowerShell.Tests.Hosting;

namespace VmSpawn.PowerShell.Tests.Commands;

/// <summary>
/// Every parameter with a value that cannot be used, against the real engine on a host of our own: the command ends with
/// an error that is the parameter's own, that has the value, and that says what to do; nothing is made.
/// </summary>
public sealed class BadValueTests : IDisposable
{
    private static readonly Dictionary<string, string> WithoutBadValue = new(StringComparer.Ordinal)
    {
        ["Ephemeral"] = "a switch: PowerShell itself takes nothing but a boolean",
        ["NetworkUserMode"] = "a switch; what excludes it is -NetworkTap's case",
        ["Wait"] = "a switch",
        ["Quiet"] = "a switch",
        ["Plan"] = "an object of New-VmSpawnPlan, which has been checked; PowerShell binds nothing else to it",
        ["PipedCredential"] = "hidden, and typed: it takes credentials from the pipeline",
        ["MadeBefore"] = "hidden, and never to be given; what it is for is tested with the pipeline",
    };

    // Version 3, clusters of 64 KiB, 1 MiB long; the rest is empty.
    private static readonly byte[] Qcow2 =
    [
        .. "QFI"u8,
        .. (ReadOnlySpan<byte>)[0xfb, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16],
        .. (ReadOnlySpan<byte>)[0, 0, 0, 0, 0, 0x10, 0, 0, .. new byte[68], 0, 0, 0, 4, 0, 0, 0, 104],
    ];

    private readonly TestShell _shell = new();
    private readonly TemporaryHost _host;

    public BadValueTests()
    {
        _host = new TemporaryHost(Root);
        _shell.Engine.Planning = _host.Plan;
        foreach (var file in (string[])["a.raw", "kernel", "initrd", "closed.raw", "busy.raw"])
        {
            File.WriteAllText(Path.Join(Root, file), "content");
        }

        File.WriteAllText(Path.Join(Root, "empty.raw"), "");
        File.WriteAllBytes(Path.Join(Root, "b.qcow2"), Qcow2);
        Directory.CreateDirectory(Path.Join(Root, "folder"));
        Directory.CreateDirectory(Path.Join(Root, Path.GetDirectoryName(EntryFile("x"))));
        File.WriteAllText(Path.Join(Root, "tree/boot/k"), "kernel");
        File.WriteAllText(Path.Join(Root, EntryFile("none")), "title None\n");
        File.WriteAllText(Path.Join(Root, EntryFile("good")), "linux /k\n");
        File.WriteAllText(
            Path.Join(Root, EntryFile("arm")),
            $"linux /k\narchitecture {(RuntimeInformation.OSArchitecture is Architecture.X64 ? "aa64" : "x64")}\n"
        );
        _host.Files.Closed.Add(Path.Join(Root, "closed.raw"));
        _host.Files.InUse.Add(Path.Join(Root, "busy.raw"));
    }

    /// <summary>Parameter, arguments, error and its target; <c>@</c> is the directory of the test.</summary>
    public static TheoryData<string, string, string, string> Cases =>
        new()
        {
            { "Image", "-Image @/nope.raw", "ImageNotFound", "@/nope.raw" },
            { "Image", "-Image nope.raw", "ImageNotFound", "@/nope.raw" },
            { "Image", "-Image @/folder", "ImageIsDirectory", "@/folder" },
            { "Image", "-Image @/empty.raw", "ImageEmpty", "@/empty.raw" },
            { "Image", "-Image @/closed.raw", "ImageNotReadable", "@/closed.raw" },
            { "Image", "-Image @/busy.raw", "ImageInUse", "@/busy.raw" },
            { "Image", "-Image /dev/null", "ImageNotAFile", "/dev/null" },
            { "Image", "-Image Env:/PATH", "InvalidImage", "Env:/PATH" },
            { "Image", "-Image nope::/a", "InvalidImage", "nope::/a" },
            { "Directory", "-Directory @/nope", "DirectoryNotFound", "@/nope" },
            { "Directory", "-Directory @/a.raw", "DirectoryNotADirectory", "@/a.raw" },
            { "Directory", "-Directory @/folder", "BootKernelNotFound", "@/folder" },
            { "ImageFormat", "-Image @/a.raw -ImageFormat iso", "InvalidImageFormat", "iso" },
            { "ImageFormat", "-Image @/a.raw -ImageFormat qcow2", "ImageFormatMismatch", "@/a.raw" },
            { "ImageDiskType", "-Image @/a.raw -ImageDiskType floppy", "InvalidImageDiskType", "floppy" },
            { "GrowImage", "-Image @/a.raw -GrowImage big", "InvalidGrowImage", "big" },
            { "GrowImage", "-Image @/b.qcow2 -GrowImage 1G", "GrowImageNotRaw", "@/b.qcow2" },
            { "DiscardDisk", "-Image @/a.raw -DiscardDisk auto", "InvalidDiscardDisk", "auto" },
            { "ExtraDrive", "-Image @/a.raw -ExtraDrive raw:", "InvalidExtraDrive", "raw:" },
            { "ExtraDrive", "-Image @/a.raw -ExtraDrive nvme:@/nope", "ExtraDriveNotFound", "@/nope" },
            { "ExtraDrive", "-Image @/a.raw -ExtraDrive @/folder", "ExtraDriveIsDirectory", "@/folder" },
            { "ExtraDrive", "-Image @/a.raw -ExtraDrive @/busy.raw", "ExtraDriveInUse", "@/busy.raw" },
            { "ExtraDrive", "-Image @/a.raw -ExtraDrive @/a.raw", "DriveGivenTwice", "@/a.raw" },
            { "Linux", "-Linux @/nope", "KernelNotFound", "@/nope" },
            { "Linux", "-Linux @/folder", "KernelIsDirectory", "@/folder" },
            { "Linux", "-Linux Env:/PATH", "InvalidLinux", "Env:/PATH" },
            { "BootEntry", $"-BootEntry {Entry("none")}", "BootEntryNotUsable", $"@/{EntryFile("none")}" },
            { "BootEntry", $"-BootEntry {Entry("arm")}", "BootEntryArchitecture", $"@/{EntryFile("arm")}" },
            { "BootEntry", $"-BootEntry {Entry("good")} -Linux @/kernel", "BootEntryAndLinux", "@/kernel" },
            { "BootEntry", $"-BootEntry {Entry("good")} -Initrd @/initrd", "BootEntryAndInitrd", "@/initrd" },
            { "Initrd", "-Linux @/kernel -Initrd @/initrd, @/nope", "InitrdNotFound", "@/nope" },
            { "Initrd", "-Image @/a.raw -Initrd @/initrd", "InitrdNeedsLinux", "@/initrd" },
            { "KernelArgument", "-Image @/a.raw -KernelArgument \"a`nb\"", "InvalidKernelArgument", "a\nb" },
            { "KernelArgument", "-Image @/a.raw -Ephemerl quiet", "UnknownParameter", "-Ephemerl" },
            { "Cpus", "-Image @/a.raw -Cpus 0", "InvalidCpus", "0" },
            { "Cpus", "-Image @/a.raw -Cpus 4,sockets=3", "InvalidCpus", "4,sockets=3" },
            { "Ram", "-Image @/a.raw -Ram 2x", "InvalidRam", "2x" },
            { "Ram", "-Image @/a.raw -Ram 2G:1G", "InvalidRam", "2G:1G" },
            { "Architecture", "-Image @/a.raw -Architecture vax", "InvalidArchitecture", "vax" },
            { "Architecture", "-Image @/a.raw -Architecture s390x", "QemuNotFound", "qemu-system-s390x" },
            { "Kvm", "-Image @/a.raw -Kvm maybe", "InvalidKvm", "maybe" },
            { "Kvm", "-Image @/a.raw -Kvm yes", "KvmNotUsable", "/dev/kvm" },
            { "Vsock", "-Image @/a.raw -Vsock maybe", "InvalidVsock", "maybe" },
            { "Vsock", "-Image @/a.raw -Vsock yes", "VsockNotUsable", "/dev/vhost-vsock" },
            { "VsockCid", "-Image @/a.raw -VsockCid 2", "InvalidVsockCid", "2" },
            { "VsockCid", "-Image @/a.raw -VsockCid host", "InvalidVsockCid", "host" },
            { "NotifyTransport", "-Image @/a.raw -NotifyTransport mail", "InvalidNotifyTransport", "mail" },
            { "NotifyTransport", "-Image @/a.raw -NotifyTransport vsock", "NotifyTransportNotAvailable", "vsock" },
            { "NotifyReady", "-Image @/a.raw -NotifyReady soon", "InvalidNotifyReady", "soon" },
            { "Tpm", "-Image @/a.raw -Tpm 1.2", "InvalidTpm", "1.2" },
            { "Tpm", "-Image @/a.raw -Tpm yes", "TpmNotAvailable", "swtpm" },
            { "TpmState", "-Image @/a.raw -TpmState here", "InvalidTpmState", "here" },
            { "Register", "-Image @/a.raw -Register maybe", "InvalidRegister", "maybe" },
            { "Register", "-Image @/a.raw -Register yes", "RegisterNeedsRoot", "root privileges" },
            { "System", "-Image @/a.raw -System", "ServiceManagerNotUsable", "systemd" },
            { "User", "-Image @/a.raw -User -System", "SystemAndUser", "-User" },
            { "Slice", "-Image @/a.raw -Slice a--b", "InvalidSlice", "a--b" },
            { "Property", "-Image @/a.raw -Property MemoryMax=lots", "InvalidProperty", "MemoryMax=lots" },
            { "Property", "-Image @/a.raw -Property Color=red", "InvalidProperty", "Color=red" },
            { "KeepUnit", "-Image @/a.raw -KeepUnit -Slice a", "KeepUnitWithScopeSetting", "a.slice" },
            { "NetworkTap", "-Image @/a.raw -NetworkTap -NetworkUserMode", "NetworkModesExclusive", "NetworkTap" },
            { "PortForward", "-Image @/a.raw -NetworkUserMode -PortForward 22", "InvalidPortForward", "22" },
            { "PortForward", "-Image @/a.raw -PortForward 9:9", "PortForwardNeedsUserMode", "tcp:127.0.0.1:9:9" },
            {
                "PortForward",
                "-Image @/a.raw -NetworkUserMode -PortForward 9:9, 9:10",
                "PortForwardTwice",
                "tcp:127.0.0.1:9:10"
            },
            { "PortForward", "-Image @/a.raw -NetworkUserMode -PortForward 7:7", "HostPortInUse", "tcp:127.0.0.1:7:7" },
            { "PrivateUsers", "-Directory @/folder -PrivateUsers all", "InvalidPrivateUsers", "all" },
            { "PrivateUsers", "-Image @/a.raw -PrivateUsers 9:9", "PrivateUsersNeedsDirectory", "9:9" },
            { "Bind", "-Image @/a.raw -Bind folder", "InvalidBind", "folder" },
            { "Bind", "-Image @/a.raw -Bind @/folder:relative", "InvalidBind", "@/folder:relative" },
            { "Bind", "-Image @/a.raw -Bind @/nope:/mnt", "BindSourceNotFound", "@/nope" },
            { "Bind", "-Image @/a.raw -Bind @/a.raw:/mnt", "BindSourceNotADirectory", "@/a.raw" },
            { "BindReadOnly", "-Image @/a.raw -BindReadOnly @/folder:", "InvalidBindRo", "@/folder:" },
            { "Console", "-Image @/a.raw -Console tty", "InvalidConsole", "tty" },
            { "Console", "-Image @/a.raw -Console 1", "InvalidConsole", "1" },
            { "Console", "-Image @/a.raw -Console Gui", "WindowNotAvailable", "Gui" },
            { "ConsoleTransport", "-Image @/a.raw -ConsoleTransport usb", "InvalidConsoleTransport", "usb" },
            { "Background", "-Image @/a.raw -Background red", "InvalidBackground", "red" },
            { "Vnc", "-Image @/a.raw -Vnc 0.0.0.0:5900", "InvalidVnc", "0.0.0.0:5900" },
            {
                "Credential",
                "-Image @/a.raw -Credential (New-VmCredential a -Value b), 5",
                "InvalidCredential",
                "System.Int32"
            },
            {
                "Credential",
                "-Image @/a.raw -Credential ([pscredential]::new('bob', [securestring]::new()))",
                "PowerShellCredential",
                "bob"
            },
            { "SetCredential", "-Image @/a.raw -SetCredential hunter2", "InvalidSetCredential", "..." },
            { "SetCredential", "-Image @/a.raw -SetCredential 'a:\\x'", "InvalidSetCredential", "a" },
            { "SetCredential", "-Image @/a.raw -SetCredential a:1, a:2", "DuplicateCredential", "a" },
            { "LoadCredential", "-Image @/a.raw -LoadCredential a", "InvalidLoadCredential", "a" },
            { "LoadCredential", "-Image @/a.raw -LoadCredential a:b", "CredentialNotAvailable", "a" },
            { "LoadCredential", "-Image @/a.raw -LoadCredential a:./nope", "CredentialNotReadable", "a" },
            { "LoadCredential", "-Image @/a.raw -LoadCredential a:@/folder", "CredentialNotReadable", "a" },
            { "QemuArgument", "-Image @/a.raw -QemuArgument \"-S`0\"", "InvalidQemuArgument", "-S\0" },
            { "Firmware", "-Image @/a.raw -Firmware efi.json", "InvalidFirmware", "efi.json" },
            { "Firmware", "-Image @/a.raw -Firmware @/nope.json", "FirmwareDescriptorNotFound", "@/nope.json" },
            { "Firmware", "-Image @/a.raw -Firmware ./a.raw", "InvalidFirmwareDescriptor", "@/a.raw" },
            { "SecureBoot", "-Image @/a.raw -SecureBoot 2", "InvalidSecureBoot", "2" },
            { "FirmwareFeature", "-Image @/a.raw -FirmwareFeature 'a b'", "InvalidFirmwareFeatures", "a b" },
            { "FirmwareFeature", "-Image @/a.raw -FirmwareFeature nope", "FirmwareFeatureNotFound", "nope" },
            { "EfiNvramTemplate", "-Image @/a.raw -EfiNvramTemplate @/nope", "NvramTemplateNotFound", "@/nope" },
            { "EfiNvramTemplate", "-Image @/a.raw -EfiNvramTemplate @/folder", "NvramTemplateIsDirectory", "@/folder" },
            { "EfiNvramState", "-Image @/a.raw -EfiNvramState here", "InvalidEfiNvramState", "here" },
            { "EfiNvramState", "-Image @/a.raw -EfiNvramState @/folder", "NvramStateIsDirectory", "@/folder" },
            { "EfiNvramState", "-Image @/a.raw -EfiNvramState @/empty.raw", "NvramStateEmpty", "@/empty.raw" },
            { "EfiNvramState", "-Image @/a.raw -EfiNvramState @/x/y", "NvramStateDirectoryNotFound", "@/x/y" },
            { "Smbios11", "-Image @/a.raw -Smbios11 \"a`0b\"", "InvalidSmbios11", "a\0b" },
            { "PassSshKey", "-Image @/a.raw -PassSshKey maybe", "InvalidPassSshKey", "maybe" },
            { "PassSshKey", "-Image @/a.raw -PassSshKey yes", "SshKeygenNotFound", "ssh-keygen" },
            { "SshKeyType", "-Image @/a.raw -SshKeyType \"a'b\"", "InvalidSshKeyType", "a'b" },
            { "SshKey", "-Image @/a.raw -SshKey @/nope", "SshKeyNotFound", "@/nope" },
            { "SshKey", "-Image @/a.raw -SshKey @/kernel -PassSshKey no", "SshKeyNotPassed", "@/kernel" },
            { "Machine", "-Image @/a.raw -Machine a_b", "InvalidMachine", "a_b" },
            { "Machine", "-Machine absent", "MachineImageNotFound", "absent" },
            { "Uuid", "-Image @/a.raw -Uuid 123", "InvalidUuid", "123" },
            { "ForwardJournal", "-Image @/a.raw -ForwardJournal Env:/PATH", "InvalidForwardJournal", "Env:/PATH" },
            { "ForwardJournal", "-Image @/a.raw -ForwardJournal @/log", "JournalNeedsVsock", "@/log" },
            {
                "ForwardJournalMaxUse",
                "-Image @/a.raw -ForwardJournalMaxUse big",
                "InvalidForwardJournalMaxUse",
                "big"
            },
            {
                "ForwardJournalKeepFree",
                "-Image @/a.raw -ForwardJournalKeepFree 1x",
                "InvalidForwardJournalKeepFree",
                "1x"
            },
            {
                "ForwardJournalMaxFileSize",
                "-Image @/a.raw -ForwardJournalMaxFileSize -1",
                "InvalidForwardJournalMaxFileSize",
                "-1"
            },
            {
                "ForwardJournalMaxFiles",
                "-Image @/a.raw -ForwardJournalMaxFiles all",
                "InvalidForwardJournalMaxFiles",
                "all"
            },
        };

    private static string EntryFile(string name) => $"tree/boot/loader/entries/{name}.conf";

    private static string Entry(string name) => $"(Get-VmBootEntry @/tree | Where-Object Id -eq {name}.conf)";

    private string Root => _shell.Directory.FullName;

    public void Dispose() => _shell.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_bad_value_ends_the_command_with_an_error_of_its_own(
        string parameter,
        string arguments,
        string errorId,
        string target
    )
    {
        Assert.NotNull(typeof(StartVmSpawnCommand).GetProperty(parameter));
        var before = Everything();

        foreach (var cmdlet in (Type[])[typeof(NewVmSpawnPlanCommand), typeof(StartVmSpawnCommand)])
        {
            var name = cmdlet.GetCustomAttribute<CmdletAttribute>()!;
            var error = _shell.Catch($"{name.VerbName}-{name.NounName} {arguments.Replace("@", Root)}");

            Assert.Equal($"{errorId},{cmdlet.FullName}", error.FullyQualifiedErrorId);
            Assert.Equal(target.Replace("@", Root), error.TargetObject);
            Assert.Contains(target.Replace("@", Root), error.ToString(), StringComparison.Ordinal);
            Assert.NotEqual("", error.ErrorDetails.RecommendedAction);
            Assert.NotEqual(ErrorCategory.NotSpecified, error.CategoryInfo.Category);
        }

        Assert.Empty(_shell.Engine.Calls);
        Assert.Equal(before, Everything());
    }

    [Fact]
    public void Every_parameter_has_a_bad_value_or_a_reason_why_not() =>
        Assert.Equal(
            typeof(StartVmSpawnCommand)
                .GetProperties()
                .Where(property => property.IsDefined(typeof(ParameterAttribute)))
                .Select(property => property.Name)
                .Order(StringComparer.Ordinal),
            Cases.Select(row => row.Data.Item1).Distinct().Concat(WithoutBadValue.Keys).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void No_two_parameters_share_an_error() =>
        Assert.All(
            Cases.Select(row => row.Data).GroupBy(row => row.Item3, row => row.Item1),
            parameters => Assert.Single(parameters.Distinct())
        );

    [Theory]
    [InlineData("Image", "nope.raw", "ImageNotFound")]
    [InlineData("Ram", "2x", "InvalidRam")]
    [InlineData("Machine", "a_b", "InvalidMachine")]
    [InlineData("Firmware", "efi", "InvalidFirmware")]
    [InlineData("Architecture", "vax", "InvalidArchitecture")]
    public void A_bad_value_from_the_pipeline_leaves_the_other_inputs_alone(
        string property,
        string value,
        string errorId
    )
    {
        var result = _shell.Run(
            $$"""
            $bad = @{ Image = 'a.raw' }
            $bad['{{property}}'] = '{{value}}'
            [pscustomobject] $bad, [pscustomobject] @{ Image = 'a.raw' } | New-VmSpawnPlan
            """
        );

        Assert.Null(result.Terminating);
        Assert.Equal("a", Assert.IsType<Plan>(Assert.Single(result.Output)).Name);
        Assert.StartsWith($"{errorId},", Assert.Single(result.Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void A_value_that_only_QEMU_refuses_ends_the_command_with_its_words()
    {
        const string Words = "Invalid SMP CPUs 999. The max CPUs supported by machine 'pc-q35-7.2' is 288";
        _shell.Engine.Starting = _ =>
            throw new StartFailedException("QemuExited", "a", "QEMU exited with code 1.", Words, 1);

        var error = _shell.Catch("Start-VmSpawn -Image a.raw -Cpus 999");

        Assert.StartsWith("QemuExited,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(Words, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_value_on_the_command_line_ends_the_pipeline()
    {
        var error = _shell.Catch("[pscustomobject]@{ Image = 'a.raw' } | New-VmSpawnPlan -Architecture vax");

        Assert.StartsWith("InvalidArchitecture,", error.FullyQualifiedErrorId);
    }

    [Fact]
    public void Words_for_the_kernel_may_begin_with_a_dash_if_they_are_meant()
    {
        var arguments = "-Image a.raw -KernelArgument '-a', '--b'";
        Assert.Contains("-a --b", _shell.Run($"New-VmSpawnPlan {arguments}").Single<Plan>().ToShellString());
        Assert.Contains(
            "quiet --x",
            _shell.Run("New-VmSpawnPlan -Image a.raw quiet --x").Single<Plan>().ToShellString()
        );
    }

    [Theory]
    [InlineData("ExtraDrive")]
    [InlineData("Initrd")]
    [InlineData("KernelArgument")]
    [InlineData("FirmwareFeature")]
    [InlineData("Smbios11")]
    [InlineData("QemuArgument")]
    public void No_list_is_an_empty_list(string parameter) =>
        _shell.Run($"New-VmSpawnPlan -Image a.raw -{parameter} $null").Single<Plan>();

    private IEnumerable<string> Everything() =>
        [
            .. Directory
                .EnumerateFileSystemEntries(Root, "*", SearchOption.AllDirectories)
                .Select(path => $"{path} {File.GetLastWriteTimeUtc(path):O}")
                .Order(StringComparer.Ordinal),
        ];
}
