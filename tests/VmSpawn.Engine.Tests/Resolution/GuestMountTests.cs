using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Tests.Fakes;
using Xunit;

namespace VmSpawn.Engine.Tests.Resolution;

/// <summary>Who in the guest mounts the directories of the host.</summary>
public sealed class GuestMountTests
{
    private readonly Scenario _scenario = new();

    public GuestMountTests() =>
        _scenario
            .Host.WithFiles("/usr/bin/virtiofsd", "/tree/linux", "/tree/initrd")
            .WithDirectory("/tree")
            .WithDirectory("/s");

    [Theory]
    [InlineData("usr/lib/systemd/libsystemd-shared-254.so")]
    [InlineData("usr/lib/x86_64-linux-gnu/systemd/libsystemd-shared-257.13-1~deb13u1.so")]
    public void A_systemd_that_can_do_it_is_left_to_it(string library)
    {
        _scenario.Host.WithFiles($"/tree/{library}").WithDirectory("/tree/usr/share/initramfs-tools");

        Assert.DoesNotContain(Plan().Files, file => file.Path.EndsWith("mounts.cpio", StringComparison.Ordinal));
    }

    [Fact]
    public void An_older_systemd_is_helped_in_the_initrd()
    {
        _scenario
            .Host.WithFiles("/tree/usr/lib/x86_64-linux-gnu/systemd/libsystemd-shared-252.so")
            .WithDirectory("/tree/usr/share/initramfs-tools");

        var plan = Plan();

        Assert.Contains(plan.Decisions, decision => decision.Reason.Contains("252 is older than 254"));
        var mounts = Assert.IsType<WrittenFile>(
            plan.Files.Single(file => file.Path.EndsWith("/mounts.cpio", StringComparison.Ordinal))
        );
        var joined = Assert.IsType<JoinedFile>(plan.Files.Single(file => file is JoinedFile));
        Assert.Equal(["/tree/initrd", mounts.Path], joined.Sources);
        Assert.Empty(plan.Warnings);
    }

    [Fact]
    public void Where_nobody_can_do_it_there_is_a_warning_with_the_tags()
    {
        _scenario.Host.WithFiles("/tree/usr/lib/systemd/libsystemd-shared-252.so");

        Assert.Contains("mnt1 is /s", Assert.Single(Plan().Warnings));
    }

    [Fact]
    public void Names_in_a_script_cannot_break_out_of_it()
    {
        var script = InitrdMounts.Script([new("mnt1", "/s", "/a'; reboot; '", IsReadOnly: true)]);

        Assert.Contains(@"vmspawn_mount mnt1 '/a'\''; reboot; '\''' ro", script);
    }

    [Fact]
    public void An_archive_has_headers_and_files_at_multiples_of_4()
    {
        var bytes = VmSpawn.Engine.Boot.CpioArchive.Create(("conf/x", "12345"));
        var text = System.Text.Encoding.ASCII.GetString([.. bytes]);

        Assert.Equal(0, bytes.Length % 4);
        Assert.StartsWith("070701" + "00000001" + "000081a4", text, StringComparison.Ordinal);
        Assert.Equal(0, text.IndexOf("12345", StringComparison.Ordinal) % 4);
        Assert.Equal(0, text.LastIndexOf("070701", StringComparison.Ordinal) % 4);
        Assert.Contains("TRAILER!!!", text);
    }

    private LaunchPlan Plan() =>
        LaunchPlanner.Plan(
            _scenario.Resolve(
                new VmConfiguration
                {
                    Directory = HostPath.Parse("/tree", "directory"),
                    Linux = HostPath.Parse("/tree/linux", "linux"),
                    Initrds = [HostPath.Parse("/tree/initrd", "initrd")],
                    Firmware = FirmwareChoice.None,
                    Binds = [new BindMount("/s", "/t", false)],
                }
            )
        );
}
