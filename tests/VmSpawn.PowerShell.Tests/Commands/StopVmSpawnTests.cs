using System.Management.Automation;
using VmSpawn.PowerShell.Tests.Fakes;
using VmSpawn.PowerShell.Tests.Hosting;

namespace VmSpawn.PowerShell.Tests.Commands;

public sealed class StopVmSpawnTests : IDisposable
{
    private readonly TestShell _shell = new();

    public StopVmSpawnTests() => _shell.Engine.Add(Samples.Running("web1"), Samples.Running("web2"));

    private FakeEngine Engine => _shell.Engine;

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_stop_is_graceful_and_silent()
    {
        var result = _shell.Run("Stop-VmSpawn web1");

        Assert.Empty(result.Output);
        Assert.Empty(result.Errors);
        Assert.Equal(["stop web1 within 60 s"], Engine.Calls);
    }

    [Fact]
    public void A_stop_takes_patterns_objects_and_a_time()
    {
        _shell.Run("Get-VmSpawn web* | Stop-VmSpawn -Timeout 1m30s");

        Assert.Equal(["stop web1 within 90 s", "stop web2 within 90 s"], Engine.Calls);
    }

    [Fact]
    public void Turning_off_does_not_ask_the_guest()
    {
        _shell.Run("Stop-VmSpawn web2 -TurnOff");

        Assert.Equal(["turn off web2"], Engine.Calls);
    }

    [Fact]
    public void Pass_thru_writes_the_ended_vm()
    {
        var machine = _shell.Run("Stop-VmSpawn web1 -PassThru").Single<VirtualMachine>();

        Assert.Equal("Stopped", machine.State);
        Assert.Equal(0, machine.ExitStatus);
        Assert.Null(machine.ProcessId);
    }

    [Fact]
    public void What_if_stops_nothing()
    {
        _shell.Run("Stop-VmSpawn * -WhatIf");

        Assert.Empty(Engine.Calls);
        Assert.Contains("web1", _shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains("web2", _shell.Host.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vm_that_has_ended_is_left_as_it_is()
    {
        Engine.Add(Samples.Ended(Samples.Running("old"), 5));

        var result = _shell.Run("Stop-VmSpawn old -PassThru -Verbose");

        Assert.Equal(5, result.Single<VirtualMachine>().ExitStatus);
        Assert.Contains("The VM 'old' has already ended.", result.Verbose);
        Assert.Empty(Engine.Calls);
    }

    [Fact]
    public void A_guest_that_had_to_be_turned_off_is_warned_of()
    {
        Engine.EndReason = "host-qmp-quit";

        Assert.Equal(
            ["The guest of the VM 'web1' had not shut down after 5 seconds and was turned off."],
            _shell.Run("Stop-VmSpawn web1 -Timeout 5").Warnings
        );
        Assert.Empty(_shell.Run("Stop-VmSpawn web2 -TurnOff").Warnings);
    }

    [Fact]
    public void A_bad_time_ends_the_cmdlet_before_anything_is_stopped()
    {
        var error = _shell.Catch("Stop-VmSpawn web1 -Timeout soon");

        Assert.Equal("InvalidTimeout,VmSpawn.Commands.StopVmSpawnCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Equal("soon", error.TargetObject);
        Assert.Empty(Engine.Calls);
    }

    [Fact]
    public async Task A_stop_can_be_cancelled()
    {
        var stopping = new Gate();
        Engine.Stopping = token =>
        {
            stopping.Open();
            return Task.Delay(Timeout.Infinite, token);
        };
        using var shell = _shell.Create("Stop-VmSpawn web1, web2");
        shell.BeginInvoke();
        await stopping.Reached;

        shell.Stop();

        Assert.Equal(["stop web1 within 60 s"], Engine.Calls);
    }
}
