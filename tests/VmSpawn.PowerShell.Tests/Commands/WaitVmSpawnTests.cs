using System.Management.Automation;
using VmSpawn.PowerShell.Tests.Fakes;
using VmSpawn.PowerShell.Tests.Hosting;

namespace VmSpawn.PowerShell.Tests.Commands;

public sealed class WaitVmSpawnTests : IDisposable
{
    private readonly TestShell _shell = new();

    public WaitVmSpawnTests() => _shell.Engine.Add(Samples.Running("a"), Samples.Running("b"));

    private FakeEngine Engine => _shell.Engine;

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Waiting_for_the_end_is_the_default_and_writes_each_vm()
    {
        var result = _shell.Run("Get-VmSpawn | Wait-VmSpawn");

        Assert.Empty(result.Errors);
        Assert.Equal(["Stopped", "Stopped"], result.Output.Cast<VirtualMachine>().Select(machine => machine.State));
        Assert.Equal(["wait a Exit", "wait b Exit"], Engine.Calls);
    }

    [Fact]
    public void A_guests_exit_status_is_data_and_no_error()
    {
        Engine.Ending = (machine, _) => Task.FromResult(Samples.Ended(machine, 3));

        Assert.Equal(3, _shell.Run("Wait-VmSpawn a").Single<VirtualMachine>().ExitStatus);
    }

    [Fact]
    public void What_should_be_known_of_a_life_is_a_warning_and_a_status_is_told_on_demand()
    {
        Engine.Ending = (machine, _) =>
            Task.FromResult(Samples.Ended(machine, 3) with { Warnings = ["A message of the guest was dropped."] });

        var result = _shell.Run("Wait-VmSpawn a -Verbose");

        Assert.Equal("a: A message of the guest was dropped.", Assert.Single(result.Warnings));
        Assert.Contains("non-zero exit status: 3", Assert.Single(result.Verbose));
    }

    [Fact]
    public void Readiness_can_be_waited_for()
    {
        _shell.Run("Wait-VmSpawn a -For Ready");

        Assert.Equal(["wait a Ready"], Engine.Calls);
    }

    [Fact]
    public void A_vm_that_failed_is_written_and_is_an_error()
    {
        Engine.Ending = (machine, _) => Task.FromResult(Samples.Failed(machine));

        var result = _shell.Run("Wait-VmSpawn a");

        var machine = Assert.IsType<VirtualMachine>(Assert.Single(result.Output));
        Assert.Null(machine.ExitStatus);
        Assert.Equal("QemuExited", machine.Failure!.ErrorId);
        var error = Assert.Single(result.Errors);
        Assert.Equal("QemuExited,VmSpawn.Commands.WaitVmSpawnCommand", error.FullyQualifiedErrorId);
    }

    [Fact]
    public void A_time_that_runs_out_is_an_error_for_that_vm()
    {
        Engine.Ending = async (machine, token) =>
        {
            await Task.Delay(machine.Name == "a" ? Timeout.Infinite : 0, token);
            return Samples.Ended(machine, 0);
        };

        var result = _shell.Run("Wait-VmSpawn a, b -Timeout 50ms");

        Assert.Equal("b", Assert.Single(result.Output).ToString());
        var error = Assert.Single(result.Errors);
        Assert.Equal("WaitTimedOut,VmSpawn.Commands.WaitVmSpawnCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.OperationTimeout, error.CategoryInfo.Category);
    }

    [Fact]
    public void Running_can_be_waited_for()
    {
        Assert.Equal("Running", _shell.Run("Wait-VmSpawn a -For Running -Timeout 5").Single<VirtualMachine>().State);
        Assert.Equal(["wait a Running 5 s"], Engine.Calls);
    }

    [Fact]
    public async Task Cancelling_a_wait_leaves_the_vm_alone()
    {
        var waiting = new Gate();
        Engine.Ending = async (machine, token) =>
        {
            waiting.Open();
            await Task.Delay(Timeout.Infinite, token);
            return machine;
        };
        using var shell = _shell.Create("Wait-VmSpawn a");
        shell.BeginInvoke();
        await waiting.Reached;

        shell.Stop();

        Assert.Equal(["wait a Exit"], Engine.Calls);
        Assert.Equal("Running", _shell.Run("Get-VmSpawn a").Single<VirtualMachine>().State);
    }
}
