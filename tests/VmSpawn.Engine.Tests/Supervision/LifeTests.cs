using System.Diagnostics;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Planning;
using Xunit;

namespace VmSpawn.Engine.Tests.Supervision;

/// <summary>What a VM is while it lives, and after.</summary>
public sealed class LifeTests : SceneTests
{
    [Fact]
    public async Task A_machine_that_runs_is_found_with_its_processes()
    {
        var started = await Scene.StartAsync();

        Assert.Equal(MachineState.Running, started.State);
        Assert.NotNull(started.StartedAt);
        Assert.True(started.Monitor!.IsAlive);
        Assert.True(started.Qemu!.IsAlive);
        var found = Assert.Single(Scene.Store.List());
        Assert.Equal(started.Id, found.Id);
        Assert.Equal(MachineState.Running, found.State);
        Assert.Equal("q35", found.Summary.MachineType);
        await Scene.TurnOffAsync();
    }

    [Fact]
    public async Task The_run_directory_is_private()
    {
        var started = await Scene.StartAsync();

        Assert.Equal((UnixFileMode)0x1C0, File.GetUnixFileMode(started.RunDirectory));
        foreach (var file in new[] { "state.json", "plan.json", "console.log", "qemu.log", "lock" })
        {
            Assert.Equal((UnixFileMode)0x180, File.GetUnixFileMode(Path.Join(started.RunDirectory, file)));
        }

        await Scene.TurnOffAsync();
    }

    [Fact]
    public async Task Secrets_of_the_plan_are_not_kept()
    {
        var secret = Path.Join(Scene.Root, "vm", "credential");
        var started = await Scene.StartAsync(
            Scene.Plan() with
            {
                Files = [new WrittenFile(secret, [.. "geheim"u8], Secret: true)],
            }
        );

        Assert.Equal("geheim", await File.ReadAllTextAsync(secret, Scene.Limit));
        var plan = await File.ReadAllTextAsync(Path.Join(started.RunDirectory, "plan.json"), Scene.Limit);
        Assert.DoesNotContain(Convert.ToBase64String("geheim"u8), plan);
        await Scene.TurnOffAsync();
        Assert.False(File.Exists(secret));
    }

    [Fact]
    public async Task The_power_button_ends_a_machine_in_order()
    {
        await Scene.StartAsync();

        var ended = await Scene.StopAsync();

        Assert.Equal(MachineState.Stopped, ended.State);
        Assert.Equal(0, ended.ExitStatus);
        Assert.Equal("guest-shutdown", ended.EndReason);
        Assert.NotNull(ended.EndedAt);
        Assert.Null(ended.Failure);
        // Nothing but the record is left as soon as the call returns.
        Assert.False(Directory.Exists(Path.Join(Scene.Root, "vm")));
        Assert.False(ended.Monitor!.IsAlive);
        Assert.Contains("bye", await File.ReadAllTextAsync(Path.Join(ended.RunDirectory, "console.log"), Scene.Limit));
    }

    [Fact]
    public async Task A_guest_that_does_not_shut_down_in_time_is_turned_off()
    {
        await Scene.StartAsync(DummyQemu.IgnoringPowerButton);

        var watch = Stopwatch.StartNew();
        var ended = await Scene.Control.StopAsync(
            "vm",
            new StopRequest { Timeout = TimeSpan.FromMilliseconds(300) },
            Scene.Limit
        );

        Assert.True(watch.Elapsed > TimeSpan.FromMilliseconds(300), "It was not given its time.");
        Assert.Equal(MachineState.Stopped, ended.State);
        Assert.Equal("host-qmp-quit", ended.EndReason);
    }

    [Fact]
    public async Task A_stop_that_is_cancelled_leaves_the_guest_to_itself()
    {
        await Scene.StartAsync(DummyQemu.IgnoringPowerButton);
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Scene.Control.StopAsync("vm", new StopRequest(), cancelled.Token)
        );

        Assert.Equal(MachineState.Stopping, Scene.Store.Find("vm")!.State);
        await Scene.TurnOffAsync();
    }

    [Fact]
    public async Task A_paused_machine_hears_the_power_button_all_the_same()
    {
        var started = await Scene.StartAsync(DummyQemu.Paused);

        Assert.Equal(MachineState.Paused, started.State);
        Assert.Equal("guest-shutdown", (await Scene.StopAsync()).EndReason);
    }

    [Fact]
    public async Task A_qemu_that_does_not_end_is_killed()
    {
        var started = await Scene.StartAsync(DummyQemu.Stubborn);

        var ended = await Scene.TurnOffAsync();

        Assert.Equal(MachineState.Stopped, ended.State);
        Assert.False(started.Qemu!.IsAlive);
    }

    [Fact]
    public async Task A_guest_that_shuts_down_by_itself_is_remembered()
    {
        var started = await Scene.StartAsync(DummyQemu.Brief);

        var ended = await Scene.WaitForExitAsync();

        Assert.Equal(started.Id, ended.Id);
        Assert.Equal(MachineState.Stopped, ended.State);
        Assert.Equal(0, ended.ExitStatus);
        var kept = Scene.Store.Find("vm")!;
        Assert.Equal("guest-shutdown", kept.EndReason);
        Assert.Equal(Path.Join(Scene.Root, ".ended", "vm"), kept.RunDirectory);
        Assert.Equal(
            ["console.log", "console.times", "qemu.log", "state.json"],
            Directory.GetFiles(kept.RunDirectory).Select(Path.GetFileName).Order()
        );
        Scene.Store.Forget("vm");
        Assert.Empty(Scene.Store.List());
    }

    [Fact]
    public async Task A_qemu_that_fails_by_itself_is_no_success()
    {
        await Scene.StartAsync(DummyQemu.Failing);

        var ended = await Scene.WaitForExitAsync();

        Assert.Equal(MachineState.Failed, ended.State);
        Assert.Null(ended.ExitStatus);
        Assert.Equal("QemuExited", ended.Failure!.ErrorId);
        Assert.Equal(3, ended.Failure.ExitCode);
        Assert.Contains("a failure of its own", ended.Failure.Output);
    }

    [Fact]
    public async Task A_name_can_be_used_again_at_once()
    {
        for (var i = 0; i < 3; i++)
        {
            await Scene.StartAsync();
            await Scene.StopAsync();
        }

        Assert.Single(Scene.Store.List());
    }

    [Fact]
    public async Task Stopping_what_has_ended_changes_nothing_and_what_never_was_is_an_error()
    {
        await Scene.StartAsync(DummyQemu.Brief);
        var ended = await Scene.WaitForExitAsync();

        Assert.Equal(ended.Id, (await Scene.StopAsync()).Id);
        var error = await Assert.ThrowsAsync<VmSpawnException>(() => Scene.StopAsync("nobody"));
        Assert.Equal("MachineNotFound", error.ErrorId);
    }

    [Fact]
    public async Task Waiting_for_running_sees_a_machine_resume_or_end()
    {
        await Scene.StartAsync(DummyQemu.Paused);
        var waiting = Scene.Control.WaitAsync("vm", WaitCondition.Running, timeout: null, Scene.Limit);
        await Task.Delay(100, Scene.Limit);
        Assert.False(waiting.IsCompleted);

        await ControlClient.SendAsync(Scene, "vm", """{"execute":"qmp","command":{"execute":"cont"}}""");

        Assert.Equal(MachineState.Running, (await waiting).State);
        await Scene.StopAsync();
        var error = await Assert.ThrowsAsync<VmSpawnException>(() =>
            Scene.Control.WaitAsync("vm", WaitCondition.Running, timeout: null, Scene.Limit)
        );
        Assert.Equal("MachineEnded", error.ErrorId);
    }

    [Fact]
    public async Task Waiting_is_bounded_if_asked()
    {
        await Scene.StartAsync();

        var error = await Assert.ThrowsAsync<VmSpawnException>(() =>
            Scene.Control.WaitAsync("vm", WaitCondition.Exit, TimeSpan.FromMilliseconds(100), Scene.Limit)
        );

        Assert.Equal("WaitTimedOut", error.ErrorId);
        await Scene.TurnOffAsync();
    }
}
