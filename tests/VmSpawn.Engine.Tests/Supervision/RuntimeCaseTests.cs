using System.Diagnostics;
using System.Net.Sockets;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Planning;
using Xunit;

namespace VmSpawn.Engine.Tests.Supervision;

/// <summary>
/// What the original does, or should do, when a VM runs and ends: recorded cases, by their names, with the real supervisor
/// and a dummy of QEMU. The groups are notifications, QEMU's end, signals, processes and what is left behind.
/// </summary>
public sealed class RuntimeCaseTests : NotifyScene
{
    [Theory]
    [InlineData("notify-exit-status-0", "0", 0, false)]
    [InlineData("notify-exit-status-1", "1", 1, false)]
    [InlineData("notify-exit-status-42", "42", 42, false)]
    [InlineData("notify-exit-status-255", "255", 255, false)]
    [InlineData("notify-exit-status-256", "256", 0, true)]
    [InlineData("notify-exit-status--1", "-1", 0, true)]
    [InlineData("notify-exit-status-2147483647", "2147483647", 0, true)]
    [InlineData("notify-exit-status-text", "abc", 0, true)]
    public async Task Exit_statuses(string name, string said, int expected, bool isWarnedOf)
    {
        await StartAsync();
        await TellAsync($"EXIT_STATUS={said}");
        var ended = await EndAsync();
        Assert.True(ended.ExitStatus == expected, name);
        Assert.Equal(MachineState.Stopped, ended.State);
        Assert.Equal(
            isWarnedOf,
            ended.Warnings.Any(warning => warning.Contains("exit status", StringComparison.Ordinal))
        );
    }

    [Fact(DisplayName = "notify-exit-status-last-wins")]
    public async Task The_last_exit_status_wins()
    {
        await StartAsync();
        await TellAsync("EXIT_STATUS=3", "EXIT_STATUS=5");
        Assert.Equal(5, (await EndAsync()).ExitStatus);
    }

    [Fact(DisplayName = "notify-exit-zero-and-qemu-fails")]
    public async Task The_guest_s_exit_status_counts_whatever_QEMU_makes_of_it()
    {
        await StartAsync();
        await TellAsync("EXIT_STATUS=0");
        var ended = await EndAsync("exit-7");
        Assert.Equal((MachineState.Stopped, 0), (ended.State, ended.ExitStatus));
        Assert.Contains("code 7", Assert.Single(ended.Warnings));
    }

    [Fact(DisplayName = "notify-ready-forward")]
    public async Task Readiness_and_status_go_on_to_the_service_manager()
    {
        using var manager = new ManagerSocket(Scene);
        await Scene.StartAsync(
            NotifyPlan() with
            {
                ServiceManager = new PlannedServiceManager(manager.Address, false),
            }
        );
        await TellAsync("READY=1", "STATUS=Booting", "X_SYSTEMD_FOO=bar");
        await EndAsync();
        var told = manager.Received();
        Assert.StartsWith("STATUS=VM started.\nX_VMSPAWN_LEADER_PID=", told[0], StringComparison.Ordinal);
        Assert.Contains("READY=1", told);
        Assert.Contains("STATUS=VM running: Booting", told);
        Assert.DoesNotContain(told, message => message.Contains("X_SYSTEMD_FOO", StringComparison.Ordinal));
        Assert.Equal("STOPPING=1\nEXIT_STATUS=0", told[^1]);
    }

    [Fact(DisplayName = "notify-ignored-fields")]
    public async Task Fields_of_systemd_do_not_make_a_guest_ready()
    {
        await StartAsync();
        await TellAsync(
            "X_SYSTEMD_HOSTNAME=a\nX_SYSTEMD_MACHINE_ID=b\nX_SYSTEMD_SIGNALS_LEVEL=2\nX_SYSTEMD_UNIT_ACTIVE=c\n"
                + "X_SYSTEMD_SHUTDOWN=poweroff\nERRNO=5\nMAINPID=1"
        );
        var ended = await EndAsync();
        Assert.Equal(0, ended.ExitStatus);
        Assert.Equal(("a", null, "poweroff"), (ended.Guest!.HostName, ended.Guest.ReadyAt, ended.Guest.Shutdown));
    }

    [Fact(DisplayName = "notify-no-trailing-newline")]
    public async Task A_last_line_needs_no_end()
    {
        await StartAsync();
        await TellAsync("READY=1");
        var ready = await Scene.Control.WaitAsync("vm", WaitCondition.Ready, TimeSpan.FromSeconds(10), Scene.Limit);
        Assert.NotNull(ready.Guest!.ReadyAt);
        await EndAsync();
    }

    [Fact(DisplayName = "notify-split-in-two-writes")]
    public async Task A_message_in_two_parts_is_one()
    {
        await StartAsync();
        using (var guest = Connect())
        {
            await guest.SendAsync("EXIT_STA"u8.ToArray(), Scene.Limit);
            await Task.Delay(100, Scene.Limit);
            await guest.SendAsync("TUS=9"u8.ToArray(), Scene.Limit);
        }

        Assert.Equal(9, (await EndAsync()).ExitStatus);
    }

    [Theory]
    [InlineData("notify-host-closes", "READY=1", true)]
    [InlineData("notify-host-closes, the end is not passed on", "READY=1", false)]
    [InlineData("notify-host-closes, the end is not passed on and is not to be seen", "STATUS=Starting", false)]
    [InlineData("notify-host-closes, nothing is said", "", false)]
    public async Task The_host_closes_the_connection(string name, string message, bool ends)
    {
        await StartAsync();
        using (var guest = Connect())
        {
            await guest.SendAsync(System.Text.Encoding.ASCII.GetBytes(message), Scene.Limit);
            if (ends)
            {
                guest.Shutdown(SocketShutdown.Send);
            }

            var watch = Stopwatch.StartNew();
            Assert.Equal(0, await guest.ReceiveAsync(new byte[1], Scene.Limit));
            // A second by the case; the tests may have to share the processors.
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(3), $"{name}: {watch.Elapsed}");
        }

        await EndAsync();
    }

    [Fact(DisplayName = "notify-too-long")]
    public async Task A_message_of_more_than_4096_bytes_is_dropped_with_a_warning()
    {
        await StartAsync();
        using (var guest = Connect())
        {
            await guest.SendAsync(System.Text.Encoding.ASCII.GetBytes("STATUS=" + new string('x', 5000)), Scene.Limit);
            await guest.ReceiveAsync(new byte[1], Scene.Limit).AsTask().ContinueWith(_ => { }, TaskScheduler.Default);
        }

        var ended = await EndAsync();
        Assert.Equal(0, ended.ExitStatus);
        Assert.Null(ended.Guest);
        Assert.Contains("message", Assert.Single(ended.Warnings));
    }

    [Fact(DisplayName = "notify-foreign-cid")]
    public async Task Messages_of_others_are_not_listened_to()
    {
        await Scene.StartAsync(NotifyPlan(helper: "vhost-device-vsock"));
        using (var stranger = Connect())
        {
            await stranger
                .ReceiveAsync(new byte[1], Scene.Limit)
                .AsTask()
                .ContinueWith(_ => { }, TaskScheduler.Default);
        }

        var ended = await EndAsync();
        Assert.Equal((0, null), (ended.ExitStatus, ended.Guest));
        Assert.Contains($"process {Environment.ProcessId}", Assert.Single(ended.Warnings));
    }

    [Fact(DisplayName = "notify-parallel-connections")]
    public async Task An_idle_connection_holds_nobody_up()
    {
        await StartAsync();
        using var idle = Connect();
        await TellAsync("EXIT_STATUS=6");
        Assert.Equal(6, (await EndAsync()).ExitStatus);
    }

    [Fact(DisplayName = "notify-without-vsock")]
    public async Task Without_a_way_for_the_guest_nobody_is_told_that_it_is_ready()
    {
        using var manager = new ManagerSocket(Scene);
        await Scene.StartAsync(
            Scene.Plan() with
            {
                ServiceManager = new PlannedServiceManager(manager.Address, false),
            }
        );
        await EndAsync();
        Assert.DoesNotContain(manager.Received(), message => message.Contains("READY=1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("qemu-exit-1", "exit-1", "1")]
    [InlineData("qemu-exit-3", "exit-3", "3")]
    [InlineData("qemu-exit-255", "exit-255", "255")]
    [InlineData("qemu-signal-9", "die-KILL", "SIGKILL")]
    [InlineData("qemu-signal-15", "die-TERM", "SIGTERM")]
    public async Task A_failure_of_QEMU_is_an_error(string name, string deed, string word)
    {
        await Scene.StartAsync();
        var ended = await EndAsync(deed);
        Assert.True(ended.State == MachineState.Failed, name);
        Assert.Null(ended.ExitStatus);
        Assert.Contains("QEMU", ended.Failure!.Message);
        Assert.Contains(word, ended.Failure.Message);
    }

    [Theory]
    [InlineData("signal-term-first", "TERM", DummyQemu.WellBehaved, 1)]
    [InlineData("signal-int-first", "INT", DummyQemu.WellBehaved, 1)]
    [InlineData("signal-term-twice", "TERM", DummyQemu.Stubborn, 2)]
    public async Task A_signal_to_the_supervisor_ends_the_machine(
        string name,
        string signal,
        string behaviour,
        int times
    )
    {
        var started = await Scene.StartAsync(behaviour);
        for (var time = 0; time < times; time++)
        {
            using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {started.Monitor!.Id}"]);
            await kill.WaitForExitAsync(Scene.Limit);
            await Task.Delay(100, Scene.Limit);
        }

        var ended = await Scene.WaitForExitAsync();
        Assert.True(!started.Qemu!.IsAlive, name);
        Assert.NotNull(ended.EndedAt);
    }

    [Fact(DisplayName = "helper-dies")]
    public async Task A_helper_that_dies_ends_the_machine_and_is_named()
    {
        var script = Scene.Files.WriteScript("virtiofsd", "sleep 0.5; exit 5");
        await Scene.StartAsync(
            Scene.Plan() with
            {
                Helpers = [new PlannedHelper { Id = "virtiofsd-0", Argv = [script] }],
            }
        );
        var ended = await Scene.WaitForExitAsync();
        Assert.Equal(MachineState.Failed, ended.State);
        Assert.Contains("virtiofsd", ended.Failure!.Message);
    }

    [Fact(DisplayName = "cleanup-files")]
    public async Task No_file_of_the_start_outlives_the_machine()
    {
        var run = Path.Join(Scene.Root, "vm");
        var template = Scene.Files.Write("vars.fd", "variables");
        var (first, second) = (Scene.Files.Write("a", "AAAAA"), Scene.Files.Write("b", "BB"));
        await Scene.StartAsync(
            NotifyPlan() with
            {
                Files =
                [
                    new CommandFile($"{run}/ssh-key", ["/bin/sh", "-c", $"echo key > {run}/ssh-key"]),
                    new JoinedFile($"{run}/initrd", [first, second], 4),
                    new CopiedFile($"{run}/nvram.fd", template),
                ],
            }
        );
        await File.WriteAllTextAsync($"{run}/nvram.fd", "changed", Scene.Limit);
        Assert.Equal((UnixFileMode)0x180, File.GetUnixFileMode($"{run}/nvram.fd"));
        await EndAsync();
        Assert.False(Directory.Exists(run));
        // nvram-template-untouched
        Assert.Equal("variables", await File.ReadAllTextAsync(template, Scene.Limit));
    }
}
