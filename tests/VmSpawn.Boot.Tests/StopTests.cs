namespace VmSpawn.Boot.Tests;

/// <summary>Ways a VM is made to end.</summary>
public sealed class StopTests(TinyGuest guest) : IAsyncLifetime
{
    private readonly Scene _scene = new(guest);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task The_power_button_shuts_the_guest_down_in_order()
    {
        var machine = await _scene.StartAsync(_scene.KernelBoot());
        await _scene.ConsoleSaysAsync(machine, "vmspawn-guest: ready");

        var ended = await _scene.StopAsync(machine);

        Assert.Equal(MachineState.Stopped, ended.State);
        Assert.Equal(0, ended.ExitStatus);
        Assert.Contains("vmspawn-guest: powering off: power button", _scene.ConsoleOf(ended));
    }

    [Fact]
    public async Task Turning_off_asks_nobody()
    {
        var machine = await _scene.StartAsync(_scene.KernelBoot());
        await _scene.ConsoleSaysAsync(machine, "vmspawn-guest: ready");

        var ended = await _scene.StopAsync(machine, new StopRequest { TurnOff = true });

        Assert.Equal(MachineState.Stopped, ended.State);
        Assert.Equal(0, ended.ExitStatus);
        Assert.DoesNotContain("powering off", _scene.ConsoleOf(ended));
    }

    [Fact]
    public async Task A_guest_that_ignores_the_button_is_turned_off_when_its_time_is_over()
    {
        var machine = await _scene.StartAsync(_scene.KernelBoot("vmspawn.deaf"));
        await _scene.ConsoleSaysAsync(machine, "vmspawn-guest: ready");

        var ended = await _scene.StopAsync(machine, new StopRequest { Timeout = TimeSpan.FromSeconds(2) });

        Assert.Equal(MachineState.Stopped, ended.State);
        Assert.Equal("host-qmp-quit", ended.EndReason);
        Assert.DoesNotContain("powering off", _scene.ConsoleOf(ended));
        Assert.False(ProcessTable.IsAlive(machine.Qemu!.Id));
    }

    [Fact]
    public async Task An_ended_machine_is_remembered_until_it_is_forgotten()
    {
        var ended = await _scene.WaitForExitAsync(await _scene.StartAsync(_scene.KernelBoot("vmspawn.poweroff")));

        var again = await _scene.StopAsync(ended);
        Assert.Equal(ended.Id, again.Id);
        Assert.Equal(ended.Id, Assert.Single(_scene.Store.List()).Id);

        _scene.Store.Forget(ended.Name);
        Assert.Empty(_scene.Store.List());
    }
}
