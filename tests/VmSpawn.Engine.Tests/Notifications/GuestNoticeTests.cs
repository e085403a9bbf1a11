using CsCheck;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Notifications;
using Xunit;

namespace VmSpawn.Engine.Tests.Notifications;

/// <summary>What a guest tells of itself, and what becomes known by that.</summary>
public sealed class GuestNoticeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Readiness_is_dated_once_and_only_1_says_it()
    {
        Assert.Null(Tell("READY=0").ReadyAt);
        Assert.Null(Tell("READY=yes").ReadyAt);
        var ready = Tell("READY=1");
        Assert.Equal(Now, ready.ReadyAt);
        Assert.Same(ready, GuestNotice.Apply(ready, new NotifyField("READY", "1"), Now.AddHours(1), out _));
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("42", 42)]
    [InlineData("255", 255)]
    [InlineData("256", null)]
    [InlineData("-1", null)]
    [InlineData("2147483647", null)]
    [InlineData("+1", null)]
    [InlineData(" 1", null)]
    [InlineData("", null)]
    [InlineData("0x1", null)]
    [InlineData("1\u001b[2J", null)]
    public void Exit_statuses_are_0_to_255_and_others_are_warned_of(string value, int? expected)
    {
        var report = GuestNotice.Apply(GuestReport.None, new NotifyField("EXIT_STATUS", value), Now, out var warning);
        Assert.Equal(expected, report.ExitStatus);
        Assert.Equal(expected is null, warning?.Contains("exit status", StringComparison.Ordinal) == true);
        Assert.DoesNotContain('\u001b', warning ?? "");
    }

    [Fact]
    public void The_last_exit_status_counts_and_a_bad_one_not() =>
        Assert.Equal(7, Tell("EXIT_STATUS=3", "EXIT_STATUS=7", "EXIT_STATUS=999").ExitStatus);

    [Theory]
    [InlineData("Up", "Up")]
    [InlineData("", null)]
    [InlineData("\u001b[31mred\u001b[0m\a", "[31mred[0m")]
    [InlineData("a\rb\tc\0d", "abcd")]
    [InlineData("\u202egnp.exe", "gnp.exe")]
    [InlineData("\u0085\u2028\u2029x", "x")]
    [InlineData("ünïcödé 🟢", "ünïcödé 🟢")]
    public void A_status_is_one_clean_line(string said, string? expected) =>
        Assert.Equal(expected, Tell($"STATUS={said}").Status);

    [Fact]
    public void Whatever_is_said_a_status_can_be_shown() =>
        Gen.String[0, 2000]
            .Sample(said =>
            {
                var report = GuestNotice.Apply(GuestReport.None, new NotifyField("STATUS", said), Now, out _);
                return report.Status is not { } status
                    || (status.Length is > 0 and <= NotifyText.Limit && !status.Any(char.IsControl));
            });

    [Fact]
    public void Units_come_and_go_and_are_bounded()
    {
        var report = Tell(
            "X_SYSTEMD_UNIT_ACTIVE=basic.target",
            "X_SYSTEMD_UNIT_ACTIVE=ssh-access.target",
            "X_SYSTEMD_UNIT_ACTIVE=basic.target",
            "X_SYSTEMD_UNIT_ACTIVE=no unit",
            "X_SYSTEMD_UNIT_INACTIVE=basic.target",
            "X_SYSTEMD_UNIT_INACTIVE=never-was.target"
        );
        Assert.Equal(["ssh-access.target"], report.ActiveUnits);
        var many = Tell([.. Enumerable.Range(0, 500).Select(i => $"X_SYSTEMD_UNIT_ACTIVE=u{i}.target")]);
        Assert.Equal(64, many.ActiveUnits.Length);
    }

    [Fact]
    public void Names_of_the_guest_are_taken_only_if_they_are_names()
    {
        var report = Tell(
            "X_SYSTEMD_HOSTNAME=debian.example",
            "X_SYSTEMD_HOSTNAME=a b",
            $"X_SYSTEMD_HOSTNAME={new string('x', 65)}",
            "X_SYSTEMD_MACHINE_ID=3d1219c7c4c5404aaa1f6d2a48adfda4",
            "X_SYSTEMD_MACHINE_ID=none",
            "X_SYSTEMD_SHUTDOWN=poweroff",
            "X_SYSTEMD_SHUTDOWN=; rm -rf"
        );
        Assert.Equal(
            ("debian.example", "3d1219c7c4c5404aaa1f6d2a48adfda4", "poweroff"),
            (report.HostName, report.MachineId, report.Shutdown)
        );
    }

    [Fact]
    public void Fields_that_nobody_knows_change_nothing() =>
        Assert.Equal(GuestReport.None, Tell("ERRNO=5", "MAINPID=1", "X_SYSTEMD_SIGNALS_LEVEL=2", "X_SYSTEMD_FOO=bar"));

    private static GuestReport Tell(params string[] lines)
    {
        var report = GuestReport.None;
        foreach (var line in lines)
        {
            var end = line.IndexOf('=', StringComparison.Ordinal);
            report = GuestNotice.Apply(report, new NotifyField(line[..end], line[(end + 1)..]), Now, out _);
        }

        return report;
    }
}
