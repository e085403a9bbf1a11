namespace VmSpawn.Boot.Tests;

/// <summary>What guests tell of themselves, and the exit status they end with, over every way that there is here.</summary>
public sealed class NotificationTests(TinyGuest tiny, SystemdGuest systemd)
    : IAsyncLifetime,
        IClassFixture<SystemdGuest>
{
    private readonly Scene _scene = new(tiny);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_guest_without_systemd_says_that_it_is_ready_by_writing_to_the_port()
    {
        var configuration = _scene.KernelBoot() with { NotifyTransport = NotifyTransport.VirtioSerial };
        var started = await _scene.StartAsync(configuration);
        Assert.Null(started.Guest?.ReadyAt);

        var ready = await WaitForReadyAsync(started);

        Assert.NotNull(ready.Guest!.ReadyAt);
        Assert.Equal("virtio-serial", ready.Summary.NotifyTransport);
        await _scene.StopAsync(started, new StopRequest { TurnOff = true });
    }

    [Fact]
    public async Task A_guest_that_ends_first_was_never_ready()
    {
        var configuration = _scene.KernelBoot("vmspawn.poweroff") with
        {
            Vsock = Tristate.No,
            NotifyTransport = NotifyTransport.VirtioSerial,
            // Without the drivers of the initrd the kernel panics, and QEMU ends.
            Initrds = [],
            QemuArguments = ["-no-reboot"],
        };
        var started = await _scene.StartAsync(configuration);

        var error = await Assert.ThrowsAsync<VmSpawnException>(() => WaitForReadyAsync(started));

        Assert.Equal("MachineEnded", error.ErrorId);
    }

    [Fact]
    public async Task Over_user_space_vsock_systemd_is_ready_and_its_exit_status_is_the_machine_s()
    {
        using var path = systemd.VhostDeviceVsockInPath();

        var (ready, ended) = await RunAsync(NotifyTransport.Vsock);

        Assert.Equal("vsock", ready.Summary.NotifyTransport);
        Assert.Contains("multi-user.target", ready.Guest!.ActiveUnits);
        // A machine cannot exit: systemd ends it this way, with the status told before.
        Assert.Equal("poweroff", ended.Guest!.Shutdown);
    }

    [Fact]
    public async Task Over_virtio_serial_systemd_is_ready_and_its_exit_status_is_the_machine_s()
    {
        var (ready, _) = await RunAsync(NotifyTransport.VirtioSerial);

        Assert.Equal("virtio-serial", ready.Summary.NotifyTransport);
    }

    private async Task<(MachineRecord Ready, MachineRecord Ended)> RunAsync(NotifyTransport transport)
    {
        var script = SystemdGuest.ScriptArgument("systemctl exit 42\n");
        var configuration = systemd.Boot("notify", script) with { NotifyTransport = transport };
        var started = await _scene.StartAsync(configuration);

        var ready = await WaitForReadyAsync(started);
        var ended = await _scene.WaitForExitAsync(started);

        Assert.NotNull(ready.Guest!.ReadyAt);
        Assert.Equal("vmspawn", ready.Guest.HostName);
        Assert.Matches("^[0-9a-f]{32}$", ready.Guest.MachineId);
        Assert.Equal(MachineState.Stopped, ended.State);
        Assert.Equal(42, ended.ExitStatus);
        Assert.Empty(ended.Warnings);
        return (ready, ended);
    }

    private Task<MachineRecord> WaitForReadyAsync(MachineRecord machine) =>
        _scene.Control.WaitAsync(machine.Name, WaitCondition.Ready, TimeSpan.FromSeconds(90), _scene.Limit);
}
