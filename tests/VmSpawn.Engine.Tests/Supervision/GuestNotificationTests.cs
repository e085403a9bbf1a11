using System.Text.Json;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Planning;
using Xunit;

namespace VmSpawn.Engine.Tests.Supervision;

/// <summary>What guests tell, in the record, on the control socket, to waiters and to our own service manager.</summary>
public sealed class GuestNotificationTests : NotifyScene
{
    // What a Debian guest with systemd 257 sent from its start to its end, one connection a line.
    private static readonly string[] Transcript =
    [
        "X_SYSTEMD_HOSTNAME=debian",
        "X_SYSTEMD_MACHINE_ID=3d1219c7c4c5404aaa1f6d2a48adfda4",
        "X_SYSTEMD_SIGNALS_LEVEL=2",
        "X_SYSTEMD_UNIT_ACTIVE=basic.target",
        "X_SYSTEMD_UNIT_ACTIVE=ssh-access.target",
        "READY=1\nSTATUS=Ready.",
        "X_SYSTEMD_UNIT_INACTIVE=ssh-access.target",
        "X_SYSTEMD_SHUTDOWN=exit",
        "EXIT_STATUS=42",
    ];

    [Fact]
    public async Task The_life_of_a_guest_is_in_its_record()
    {
        await StartAsync();
        await TellAsync(Transcript[..6]);
        var ready = await EventuallyAsync(record => record.Guest?.ReadyAt is not null, "it is not ready");
        Assert.Equal(
            ("debian", "3d1219c7c4c5404aaa1f6d2a48adfda4", "Ready."),
            (ready.Guest!.HostName, ready.Guest.MachineId, ready.Guest.Status)
        );
        Assert.Equal(["basic.target", "ssh-access.target"], ready.Guest.ActiveUnits);
        await TellAsync(Transcript[6..]);
        await EventuallyAsync(record => record.State == MachineState.Stopping, "it does not stop");
        var ended = await EndAsync();
        Assert.Equal(42, ended.ExitStatus);
        Assert.Equal(["basic.target"], ended.Guest!.ActiveUnits);
    }

    [Fact]
    public async Task Followers_see_each_event()
    {
        await StartAsync();
        using var subscriber = new ControlClient(Scene, "vm");
        await subscriber.WriteAsync("{\"execute\":\"subscribe\"}\n", Scene);
        Assert.Equal("{}", await subscriber.ReadAsync(Scene));
        await TellAsync(Transcript);
        await EndAsync();
        var seen = new List<string>();
        while (await subscriber.ReadAsync(Scene) is { } line)
        {
            var news = JsonDocument.Parse(line).RootElement;
            if (
                news.GetProperty("event").GetString() is { } name
                && name.StartsWith("GUEST_", StringComparison.Ordinal)
            )
            {
                seen.Add(news.TryGetProperty("said", out var said) ? $"{name} {said.GetString()}" : name);
            }
        }

        Assert.Equal(
            [
                "GUEST_UNIT_ACTIVE basic.target",
                "GUEST_UNIT_ACTIVE ssh-access.target",
                "GUEST_READY",
                "GUEST_STATUS Ready.",
                "GUEST_UNIT_INACTIVE ssh-access.target",
                "GUEST_SHUTDOWN exit",
                "GUEST_EXIT_STATUS 42",
            ],
            seen
        );
    }

    [Fact]
    public async Task A_guest_that_boots_again_is_not_ready_any_more()
    {
        await StartAsync();
        await TellAsync("READY=1", "EXIT_STATUS=3");
        await EventuallyAsync(record => record.Guest?.ExitStatus is 3, "it is not told");
        await QemuAsync("reset");
        await EventuallyAsync(record => record.Guest is null, "it still is");
        Assert.Equal(0, (await EndAsync()).ExitStatus);
    }

    [Fact]
    public async Task Waiting_for_readiness_ends_with_it_or_with_the_machine()
    {
        await StartAsync();
        var waiting = Scene.Control.WaitAsync("vm", WaitCondition.Ready, timeout: null, Scene.Limit);
        await Task.Delay(100, Scene.Limit);
        Assert.False(waiting.IsCompleted);
        await TellAsync("STATUS=Starting up");
        var late = await Assert.ThrowsAsync<VmSpawnException>(() =>
            Scene.Control.WaitAsync("vm", WaitCondition.Ready, TimeSpan.FromMilliseconds(500), Scene.Limit)
        );
        Assert.Equal("WaitTimedOut", late.ErrorId);
        Assert.Contains("It is running, and its guest says: Starting up.", late.Message);
        await TellAsync("READY=1");
        Assert.NotNull((await waiting).Guest!.ReadyAt);
        await EndAsync();

        await StartAsync();
        waiting = Scene.Control.WaitAsync("vm", WaitCondition.Ready, timeout: null, Scene.Limit);
        await EndAsync("exit-3");
        var error = await Assert.ThrowsAsync<VmSpawnException>(() => waiting);
        Assert.Equal("MachineEnded", error.ErrorId);
        Assert.Contains("code 3", error.Message);
    }

    [Fact]
    public async Task A_guest_that_cannot_tell_is_not_waited_for()
    {
        var plan = Scene.Plan();
        await Scene.StartAsync(plan with { Summary = plan.Summary with { NotifyTransport = "none" } });
        var error = await Assert.ThrowsAsync<VmSpawnException>(() =>
            Scene.Control.WaitAsync("vm", WaitCondition.Ready, timeout: null, Scene.Limit)
        );
        Assert.Equal("MachineCannotTellReady", error.ErrorId);
        await EndAsync();
    }

    [Fact]
    public async Task Lines_of_a_port_are_messages_however_they_are_cut()
    {
        var plan = Scene.Plan();
        await Scene.StartAsync(
            plan with
            {
                Descriptors = [.. plan.Descriptors, new NotifyDescriptor(5)],
                Notifications = new PortNotifications("io.vmspawn.notify"),
            }
        );
        await QemuAsync("notify-STATUS=one\nREA");
        await QemuAsync("notify-DY=1\nSTATUS=two");
        var ready = await EventuallyAsync(
            record => record.Guest is { ReadyAt: not null, Status: "two" },
            "it is not told"
        );
        Assert.Empty(ready.Warnings);
        await QemuAsync("notify-\nEXIT_STATUS=42");
        Assert.Equal(42, (await EndAsync()).ExitStatus);
    }

    [Fact]
    public async Task A_service_manager_without_a_file_is_told_and_the_supervisor_becomes_its_process()
    {
        using var manager = new ManagerSocket(Scene, $"vmspawn-test-{Guid.NewGuid():N}");
        var started = await Scene.StartAsync(
            Scene.Plan() with
            {
                ServiceManager = new PlannedServiceManager(manager.Address, ReadyAtStart: true, IsMainProcess: true),
            }
        );
        Assert.Equal(
            [$"MAINPID={started.Monitor!.Id}\nSTATUS=VM started.\nX_VMSPAWN_LEADER_PID={started.Qemu!.Id}", "READY=1"],
            manager.Received()
        );
        await EndAsync();
    }

    [Fact]
    public async Task A_service_manager_that_is_not_there_harms_nobody()
    {
        await Scene.StartAsync(
            NotifyPlan() with
            {
                ServiceManager = new PlannedServiceManager("/nowhere/notify", ReadyAtStart: true),
            }
        );
        await TellAsync("READY=1", "EXIT_STATUS=4");
        Assert.Equal(4, (await EndAsync()).ExitStatus);
    }

    [Fact]
    public async Task A_VSOCK_identifier_belongs_to_one_machine_at_a_time()
    {
        var first = Scene.Plan() with { VsockClaim = new VsockClaim(4242, IsAutomatic: true) };
        await Scene.StartAsync(first);
        var second = Scene.Plan(name: "other") with { VsockClaim = new VsockClaim(4242, IsAutomatic: false) };
        var error = await Assert.ThrowsAsync<VmSpawnException>(() => Scene.StartAsync(second));
        Assert.Equal(("VsockCidBusy", VmErrorKind.Busy), (error.ErrorId, error.Kind));
        Assert.Contains("'vm'", error.Message);
        await EndAsync();
        await Scene.StartAsync(second);
        await Scene.TurnOffAsync("other");
    }
}
