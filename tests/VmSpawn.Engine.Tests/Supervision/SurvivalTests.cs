using System.Diagnostics;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Native;
using VmSpawn.Engine.Planning;
using Xunit;

namespace VmSpawn.Engine.Tests.Supervision;

/// <summary>What becomes of a VM when a process around it goes away.</summary>
public sealed class SurvivalTests : SceneTests
{
    [Fact]
    public async Task A_machine_outlives_the_process_that_started_it()
    {
        using (var shell = Scene.StartElsewhere(Scene.Plan()))
        {
            while (await shell.StandardOutput.ReadLineAsync(Scene.Limit) is { } line && line != "started vm") { }
            shell.Kill();
            await shell.WaitForExitAsync(Scene.Limit);
        }

        await Task.Delay(300, Scene.Limit);
        Assert.Equal(MachineState.Running, Assert.Single(Scene.Store.List()).State);
        Assert.Equal(0, (await Scene.StopAsync()).ExitStatus);
    }

    [Fact]
    public async Task A_killed_supervisor_takes_qemu_and_helpers_along_and_the_record_says_so()
    {
        var started = await Scene.StartAsync(
            Scene.Plan() with
            {
                Helpers = [new PlannedHelper { Id = "helper", Argv = ["/bin/sleep", "600"] }],
            }
        );
        var helper = Assert.Single(started.Helpers).Process;
        Assert.True(helper.IsAlive);

        Deliver(started.Monitor!, Signal.Kill);

        await Scene.EventuallyAsync(
            () => !started.Qemu!.IsAlive && !helper.IsAlive,
            "QEMU or the helper still runs",
            TimeSpan.FromSeconds(1)
        );
        var found = Assert.Single(Scene.Store.List());
        Assert.Equal(started.Id, found.Id);
        Assert.Equal(MachineState.Failed, found.State);
        Assert.Equal("MonitorKilled", found.Failure!.ErrorId);
        Assert.Null(found.ExitStatus);
        Assert.Equal("MonitorKilled", (await Scene.WaitForExitAsync()).Failure!.ErrorId);
    }

    [Fact]
    public async Task What_a_killed_supervisor_left_running_is_ended_by_whoever_finds_it()
    {
        var started = await Scene.StartAsync(DummyQemu.Stubborn);

        Deliver(started.Monitor!, Signal.Kill);

        await Scene.EventuallyAsync(() => !started.Monitor!.IsAlive, "the supervisor still runs");
        Assert.True(started.Qemu!.IsAlive);
        Assert.Equal("MonitorKilled", Scene.Store.Find("vm")!.Failure!.ErrorId);
        Assert.False(started.Qemu.IsAlive);
    }

    [Fact]
    public async Task The_name_and_the_images_of_a_killed_supervisor_can_be_used_at_once()
    {
        var image = Scene.Files.Write("disk.raw", "disk");
        var plan = Scene.Plan() with { Claims = [new ImageClaim(image, Writable: true)] };
        var first = await Scene.StartAsync(plan);
        Deliver(first.Monitor!, Signal.Kill);
        await Scene.EventuallyAsync(() => !first.Monitor!.IsAlive, "the supervisor still runs");

        var second = await Scene.StartAsync(plan);

        Assert.NotEqual(first.Id, second.Id);
        await Scene.TurnOffAsync();
    }

    [Theory]
    [InlineData(15)]
    [InlineData(2)]
    [InlineData(1)]
    public async Task A_supervisor_asked_to_end_ends_the_machine_in_order(int signal)
    {
        var started = await Scene.StartAsync();

        Deliver(started.Monitor!, (Signal)signal);

        var ended = await Scene.WaitForExitAsync();
        Assert.Equal(MachineState.Stopped, ended.State);
        Assert.Equal("guest-shutdown", ended.EndReason);
    }

    [Fact]
    public async Task A_supervisor_asked_to_end_during_the_start_says_so()
    {
        using var shell = Scene.StartElsewhere(Scene.Plan(DummyQemu.Silent));
        while (await shell.StandardOutput.ReadLineAsync(Scene.Limit) is { } line && line != "phase WaitingForQemu") { }

        Deliver(Scene.Store.Find("vm")!.Monitor!, Signal.Terminate);

        Assert.Equal("refused StartInterrupted", await shell.StandardOutput.ReadLineAsync(Scene.Limit));
        await shell.WaitForExitAsync(Scene.Limit);
    }

    [Fact]
    public async Task A_supervisor_killed_during_the_start_leaves_an_error_and_nothing_else()
    {
        using var shell = Scene.StartElsewhere(Scene.Plan(DummyQemu.Silent));
        while (await shell.StandardOutput.ReadLineAsync(Scene.Limit) is { } line && line != "phase WaitingForQemu") { }

        Deliver(Scene.Store.Find("vm")!.Monitor!, Signal.Kill);

        Assert.Equal("refused MonitorFailed", await shell.StandardOutput.ReadLineAsync(Scene.Limit));
        await shell.WaitForExitAsync(Scene.Limit);
        Assert.Empty(Scene.Store.List());
    }

    [Fact]
    public async Task A_supervisor_that_does_not_answer_is_killed_when_the_machine_is_turned_off()
    {
        var started = await Scene.StartAsync();
        Process.Start("/bin/kill", ["-STOP", $"{started.Monitor!.Id}"]).WaitForExit();

        var ended = await Scene.TurnOffAsync();

        Assert.Equal("MonitorKilled", ended.Failure!.ErrorId);
    }

    private static void Deliver(ProcessIdentity identity, Signal signal)
    {
        using var process = identity.Open();
        ProcessDescriptor.Send(process!, signal);
    }
}
