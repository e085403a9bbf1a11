using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Management.Automation;
using System.Reflection;
using VmSpawn.Commands;
using VmSpawn.Engine.Images;
using VmSpawn.PowerShell.Tests.Fakes;
using VmSpawn.PowerShell.Tests.Hosting;

namespace VmSpawn.PowerShell.Tests.Completion;

public sealed class CompletionTests : IDisposable
{
    private readonly TestShell _shell = new();

    public CompletionTests()
    {
        _shell.Engine.Add(Samples.Running("db"), Samples.Running("web1"), Samples.Ended(Samples.Running("web2"), 0));
        _shell.Engine.Firmware =
        [
            Samples.Firmware("40-a b.json", "x86_64", "secure-boot"),
            Samples.Firmware("50-b.json", "x86_64", "acpi-s3", "secure-boot"),
        ];
    }

    /// <summary>What a value is made of, where nobody can know it beforehand.</summary>
    private static readonly Dictionary<string, string> WithoutValues = new(StringComparer.Ordinal)
    {
        ["Image"] = "a file: PowerShell completes it",
        ["Linux"] = "a file",
        ["Initrd"] = "a file",
        ["EfiNvramTemplate"] = "a file",
        ["ForwardJournal"] = "a file",
        ["KernelArgument"] = "a text",
        ["Smbios11"] = "a text",
        ["QemuArgument"] = "a text",
        ["VsockCid"] = "a number",
        ["SshKey"] = "a file, or an object of New-VmSshKey",
        ["Uuid"] = "an identifier",
        ["MadeBefore"] = "hidden",
        ["PipedCredential"] = "hidden",
        ["Credential"] = "objects of New-VmCredential",
        ["BootEntry"] = "an object of Get-VmBootEntry",
    };

    public static TheoryData<string> Parameters =>
        [
            .. typeof(StartVmSpawnCommand)
                .GetProperties()
                .Where(property => property.IsDefined(typeof(ParameterAttribute)))
                .Where(property => property.PropertyType != typeof(SwitchParameter) && property.Name != "Plan")
                .Select(property => property.Name),
        ];

    public void Dispose() => _shell.Dispose();

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Every_value_that_can_be_known_is_completed_at_once(string parameter)
    {
        _shell.Engine.Images = new Dictionary<string, MachineImage> { ["m"] = new("/var/lib/machines/m.raw", false) };
        var fastest = TimeSpan.MaxValue;
        var count = 0;
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var watch = Stopwatch.StartNew();
            count = Complete($"Start-VmSpawn -{parameter} ").Count;
            fastest = watch.Elapsed < fastest ? watch.Elapsed : fastest;
        }

        var property = typeof(StartVmSpawnCommand).GetProperty(parameter)!;
        Assert.NotEqual(WithoutValues.ContainsKey(parameter), property.IsDefined(typeof(ArgumentCompleterAttribute)));
        // Paths are completed by a cmdlet of PowerShell's that a bare engine does not have: that is Pester's case.
        Assert.True(
            count > 0 || WithoutValues.ContainsKey(parameter) || parameter is "Directory" or "Bind" or "BindReadOnly",
            "nothing is offered"
        );
        Assert.InRange(fastest.TotalMilliseconds, 0, 100);
    }

    [Fact]
    public void A_name_is_completed_with_the_images_in_the_pools()
    {
        var pool = _shell.Directory.CreateSubdirectory("machines").FullName;
        var host = new TemporaryHost(_shell.Directory.FullName);
        Directory.CreateDirectory(Path.Join(pool, "tree"));
        Directory.CreateDirectory(Path.Join(pool, "fedora.raw.v"));
        foreach (var file in (string[])["debian.raw", "fedora.raw.v/fedora_40.raw", "notes.txt", "a_b.raw"])
        {
            File.WriteAllText(Path.Join(pool, file), "");
        }

        _shell.Engine.Images = MachineImage.List(host);

        Assert.Equal(
            ["debian", "fedora", "tree"],
            Complete("Start-VmSpawn -Machine ").Select(match => match.CompletionText)
        );
        Assert.Equal(Path.Join(pool, "debian.raw"), Assert.Single(Complete("New-VmSpawnPlan -Name d")).ToolTip);
    }

    [Fact]
    public void A_drive_is_completed_word_by_word()
    {
        Assert.Equal("nvme:qcow2:", Assert.Single(Complete("Start-VmSpawn -ExtraDrive nvme:q")).CompletionText);
        Assert.Equal(
            ["qcow2:nvme:", "qcow2:scsi-cd:", "qcow2:virtio-blk:", "qcow2:virtio-scsi:"],
            Complete("Start-VmSpawn -ExtraDrive qcow2:")
                .Select(match => match.CompletionText)
                .Where(text => text.EndsWith(':'))
                .Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("Get-VmSpawn w", "web1 web2")]
    [InlineData("Stop-VmSpawn -Name ", "db web1 web2")]
    [InlineData("Wait-VmSpawn DB", "db")]
    [InlineData("Wait-VmSpawn db -For ", "Exit Ready Running")]
    [InlineData("Start-VmSpawn -NotifyTransport ", "auto none virtio-serial vsock")]
    [InlineData("Get-VmSpawn -State Sto", "Stopped Stopping")]
    [InlineData("Stop-VmSpawn db -Timeout 1", "10s 1h 1m")]
    [InlineData("Start-VmSpawn -Kvm ", "auto no yes")]
    [InlineData("Start-VmSpawn -SetCredential ssh.a", "ssh.authorized_keys.root:")]
    [InlineData("Start-VmSpawn -LoadCredential systemd.", "systemd.extra-unit. systemd.unit-dropin.")]
    [InlineData(
        "New-VmCredential passwd.",
        "passwd.hashed-password.root passwd.plaintext-password.root passwd.shell.root"
    )]
    [InlineData("New-VmCredential -Locale de_D", "de_DE.UTF-8")]
    [InlineData("New-VmCredential -Timezone UT", "UTC")]
    [InlineData("Start-VmSpawn -SecureBoot y", "yes")]
    [InlineData("Start-VmSpawn -SshKeyType ed", "ed25519")]
    [InlineData("New-VmSshKey -Type r", "rsa")]
    [InlineData("Get-VmSshKey d", "db")]
    [InlineData("Get-VmSpawnSshConfig d", "db")]
    [InlineData("Start-VmSpawn -PortForward 2", "2222:22")]
    [InlineData("Start-VmSpawn -Ram 1", "16G 1G")]
    [InlineData("Start-VmSpawn -Firmware ", "'/fw/40-a b.json' /fw/50-b.json auto bios none uefi")]
    [InlineData("Start-VmSpawn -Firmware '/fw/4", "'/fw/40-a b.json'")]
    [InlineData("Start-VmSpawn -FirmwareFeature ~s", "'~secure-boot'")]
    [InlineData("Start-VmSpawn -GrowImage 1", "128G 16G")]
    [InlineData("Get-VmFirmware /fw/5", "/fw/50-b.json")]
    [InlineData("Get-VmFirmware -Feature s", "secure-boot")]
    [InlineData("Get-VmFirmware -Architecture aa", "aarch64")]
    [InlineData("Start-VmSpawn -PrivateUsers a", "auto")]
    [InlineData("Start-VmSpawn -Console n", "Native")]
    [InlineData("Receive-VmConsole web1", "web1")]
    [InlineData("Send-VmConsole db -Key Page", "PageDown PageUp")]
    [InlineData("Wait-VmConsole db x -Timeout 5", "5m")]
    [InlineData("Send-VmKey db ctrl-alt", "ctrl-alt-delete ctrl-alt-f2")]
    [InlineData("Save-VmScreenshot d", "db")]
    [InlineData("Connect-VmSpawn web1", "web1")]
    [InlineData("Start-VmSpawn -ConsoleTransport ", "Serial Virtio")]
    [InlineData("Start-VmSpawn -Background '48;5", "'48;5;22'")]
    [InlineData("New-VmSpawnPlan -Vnc u", "unix")]
    [InlineData("New-VmSpawnPlan -Ke", "-KeepUnit -Kernel -KernelArgument")]
    public void Values_are_completed(string line, string expected)
    {
        var matches = Complete(line);

        Assert.Equal(
            expected,
            string.Join(' ', matches.Select(match => match.CompletionText).Order(StringComparer.Ordinal))
        );
        Assert.All(matches, match => Assert.NotEqual("", match.ToolTip));
    }

    private Collection<CompletionResult> Complete(string line)
    {
        using var shell = _shell.Create("TabExpansion2 $args[0] $args[0].Length | ForEach-Object CompletionMatches");
        return shell.AddArgument(line).Invoke<CompletionResult>();
    }
}
