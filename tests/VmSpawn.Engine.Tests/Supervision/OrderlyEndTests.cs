using System.Diagnostics;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Native;
using VmSpawn.Engine.Planning;
using Xunit;

namespace VmSpawn.Engine.Tests.Supervision;

/// <summary>Power button, the guest's own manager over SSH, and then QEMU's end: each when the one before did not do.</summary>
public sealed class OrderlyEndTests : SceneTests
{
    private string Client => Scene.Files.PathOf("ssh");

    [Theory]
    [InlineData(15)]
    [InlineData(2)]
    public async Task A_guest_that_hears_nothing_is_ended_within_five_seconds(int signal)
    {
        var started = await Scene.StartAsync(DummyQemu.IgnoringPowerButton);
        var watch = Stopwatch.StartNew();

        Deliver(started, (Signal)signal);

        var ended = await Scene.WaitForExitAsync();
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"It took {watch.Elapsed}.");
        Assert.Equal(MachineState.Stopped, ended.State);
        Assert.Equal("host-qmp-quit", ended.EndReason);
        Assert.False(started.Qemu!.IsAlive);
    }

    [Fact]
    public async Task A_second_signal_ends_a_guest_at_once()
    {
        var started = await Scene.StartAsync(DummyQemu.IgnoringPowerButton);
        var watch = Stopwatch.StartNew();

        Deliver(started, Signal.Terminate);
        await Scene.EventuallyAsync(
            () => Scene.Store.Find("vm")!.State == MachineState.Stopping,
            "the button was not pressed"
        );
        Deliver(started, Signal.Terminate);

        var ended = await Scene.WaitForExitAsync();
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2.5), $"It took {watch.Elapsed}.");
        Assert.Equal("host-signal", ended.EndReason);
        Assert.Equal(MachineState.Stopped, ended.State);
    }

    [Fact]
    public async Task A_guest_that_hears_no_button_is_powered_off_over_ssh()
    {
        var started = await Scene.StartAsync(Reachable("echo \"$*\" >\"$0.said\"; kill -USR1 $(cat \"$0.guest\")"));
        var watch = Stopwatch.StartNew();

        Deliver(started, Signal.Terminate);

        var ended = await Scene.WaitForExitAsync();
        Assert.Equal("guest-shutdown", ended.EndReason);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(15), $"It took {watch.Elapsed}.");
        var words = await File.ReadAllTextAsync($"{Client}.said", Scene.Limit);
        Assert.Contains("Port=40022", words);
        Assert.Contains("systemctl --no-block --no-wall poweroff", words);
    }

    [Fact]
    public async Task Stopping_asks_over_ssh_too()
    {
        await Scene.StartAsync(Reachable("kill -USR1 $(cat \"$0.guest\")"));
        var watch = Stopwatch.StartNew();

        var ended = await Scene.StopAsync();

        Assert.Equal("guest-shutdown", ended.EndReason);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public async Task An_ssh_that_hangs_does_not_keep_the_machine()
    {
        var started = await Scene.StartAsync(Reachable("exec sleep 600"));
        var watch = Stopwatch.StartNew();

        Deliver(started, Signal.Terminate);

        var ended = await Scene.WaitForExitAsync();
        Assert.Equal("host-qmp-quit", ended.EndReason);
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(25));
    }

    [Fact]
    public async Task Turning_off_does_not_wait_for_an_ssh_under_way()
    {
        await Scene.StartAsync(Reachable("exec sleep 600"));
        var stopping = Scene.StopAsync();
        await Scene.EventuallyAsync(() => File.Exists($"{Client}.begun"), "ssh was not run");
        var watch = Stopwatch.StartNew();

        await Scene.TurnOffAsync();

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(4), $"It took {watch.Elapsed}.");
        Assert.Equal("host-qmp-quit", (await stopping).EndReason);
    }

    // A machine whose guest hears no button, and an ssh that the test has written.
    private LaunchPlan Reachable(string ssh)
    {
        Scene.Files.WriteScript("ssh", $": >\"$0.begun\"\n{ssh}");
        var plan = Scene.Plan(DummyQemu.ReachableBySsh);
        return plan with
        {
            ExtraQemuArguments = [.. plan.ExtraQemuArguments, $"{Client}.guest"],
            Summary = plan.Summary with
            {
                Ssh = new PlannedSsh("/nowhere/key") { Port = 40022, Client = Client },
            },
        };
    }

    private static void Deliver(MachineRecord machine, Signal signal)
    {
        using var process = machine.Monitor!.Open();
        ProcessDescriptor.Send(process!, signal);
    }
}
