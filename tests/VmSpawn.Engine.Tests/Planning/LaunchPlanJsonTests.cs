using System.Text;
using CsCheck;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Tests.Fakes;
using Xunit;

namespace VmSpawn.Engine.Tests.Planning;

public sealed class LaunchPlanJsonTests
{
    private static LaunchPlan Everything =>
        new()
        {
            Name = "vm",
            RunDirectory = "/run/vmspawn/vm",
            QemuBinary = FakeHost.Qemu,
            QemuOptions = [QemuOption.Flag("-nodefaults"), QemuOption.List("-drive").With("file", "/a,b é")],
            ExtraQemuArguments = ["-foo", "", "a\nb"],
            Descriptors =
            [
                new QmpDescriptor(3),
                new ConsoleDescriptor(4),
                new DeviceDescriptor(5, "/dev/vhost-vsock", 4242),
                new PassedDescriptor(6, 3, "kvm"),
            ],
            Files =
            [
                new CopiedFile("/run/vmspawn/vm/efivars.fd", "/usr/share/OVMF/OVMF_VARS_4M.fd", KeepExisting: true),
                new WrittenFile("/run/vmspawn/vm/secret", [.. "hunter2"u8], Secret: true),
                new WrittenFile("/run/vmspawn/vm/plain", [0, 1, 255], Secret: false),
                new JoinedFile("/run/vmspawn/vm/initrd", ["/a", "/b"], 4),
                new OverlayFile("/run/vmspawn/vm/disk0.qcow2", "/disk.raw", "raw", 1 << 20),
                new CommandFile("/run/vmspawn/vm/key", ["/usr/bin/ssh-keygen", "-N", ""]),
                new EncodedFile("/run/vmspawn/vm/credential", "id=", "/run/vmspawn/vm/key.pub"),
                new GrownFile("/disk.raw", 1 << 30),
            ],
            Credentials = [new PlannedCredential("foo", "/run/vmspawn/vm/secret")],
            Helpers =
            [
                new PlannedHelper
                {
                    Id = "swtpm",
                    Directories = ["/run/vmspawn/vm/tpm"],
                    Prepare =
                    [
                        ["/usr/bin/swtpm_setup", "--tpm2"],
                    ],
                    Argv = ["/usr/bin/swtpm", "socket"],
                    ListenPath = "/run/vmspawn/vm/tpm.sock",
                    ListenDescriptor = 7,
                    AwaitSocket = "/run/vmspawn/vm/other.sock",
                    Essential = false,
                },
            ],
            Claims = [new ImageClaim("/disk.raw", Writable: true)],
            Decisions = [new Decision("accelerator", "tcg", "KVM was declined")],
            Warnings = ["Mind the gap."],
            Summary = new MachineSummary
            {
                Architecture = "x86_64",
                MachineType = "q35",
                Accelerator = "tcg",
                Cpus = 1,
                MemoryBytes = 1 << 30,
                Initrds = ["/a", "/b"],
                VsockCid = 4242,
            },
        };

    [Fact]
    public void A_plan_comes_back_as_it_was()
    {
        var json = LaunchPlanJson.Serialize(Everything);
        var back = LaunchPlanJson.Deserialize(json);
        Assert.Equal(Encoding.UTF8.GetString(json), Encoding.UTF8.GetString(LaunchPlanJson.Serialize(back)));
        Assert.Equal(Everything.ToText(), back.ToText());
        Assert.Equal(Everything.QemuArgv, back.QemuArgv);
        Assert.Equal(
            Everything.Files.OfType<WrittenFile>().First().Content,
            back.Files.OfType<WrittenFile>().First().Content
        );
    }

    [Fact]
    public void What_is_kept_and_shown_holds_no_secret()
    {
        var kept = Encoding.UTF8.GetString(LaunchPlanJson.SerializeRedacted(Everything));
        Assert.DoesNotContain(Convert.ToBase64String("hunter2"u8), kept);
        Assert.Contains("/run/vmspawn/vm/secret", kept);
        Assert.DoesNotContain("hunter2", Everything.ToText());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"name\":1}")]
    public void What_is_no_plan_is_a_typed_error(string json) =>
        Assert.Equal(
            "InvalidPlan",
            Assert.Throws<VmSpawnException>(() => LaunchPlanJson.Deserialize(Encoding.UTF8.GetBytes(json))).ErrorId
        );

    [Fact]
    public void A_damaged_plan_is_a_plan_or_a_typed_error()
    {
        var json = LaunchPlanJson.Serialize(Everything);
        Gen.Select(Gen.Int[0, json.Length - 1], Gen.Byte)
            .Sample(
                (position, value) =>
                {
                    var damaged = (byte[])json.Clone();
                    damaged[position] = value;
                    try
                    {
                        LaunchPlanJson.Deserialize(damaged);
                    }
                    catch (VmSpawnException e) when (e.ErrorId == "InvalidPlan") { }
                }
            );
    }

    [Theory]
    [InlineData("plain/word-1.2", "plain/word-1.2")]
    [InlineData("", "''")]
    [InlineData("a b", "'a b'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("$HOME;`x`", "'$HOME;`x`'")]
    public void Words_are_quoted_for_a_shell(string word, string quoted) => Assert.Equal(quoted, ShellWord.Quote(word));
}
