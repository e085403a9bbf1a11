namespace VmSpawn.Boot.Tests;

/// <summary>From the configuration to the guest's last word.</summary>
public sealed class BootTests(TinyGuest guest) : IAsyncLifetime
{
    private readonly Scene _scene = new(guest);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_kernel_boots_and_powers_off_with_exit_status_0()
    {
        var started = await _scene.StartAsync(_scene.KernelBoot("vmspawn.poweroff"));
        Assert.Equal(MachineState.Running, started.State);

        var ended = await _scene.WaitForExitAsync(started);

        Assert.Equal(MachineState.Stopped, ended.State);
        Assert.Equal(0, ended.ExitStatus);
        Assert.Equal("guest-shutdown", ended.EndReason);
        Assert.Null(ended.Failure);
        Assert.Contains("vmspawn-guest: ready", _scene.ConsoleOf(ended));
        Assert.Contains("vmspawn-guest: powering off: as asked", _scene.ConsoleOf(ended));
    }

    [Fact]
    public async Task Kernel_arguments_cpus_and_memory_arrive()
    {
        var configuration = _scene.KernelBoot("vmspawn.poweroff", "one=1", "two=a,b") with
        {
            Cpus = CpuTopology.FromCount(2),
            Ram = MemorySize.Parse("640M"),
        };

        var ended = await _scene.WaitForExitAsync(await _scene.StartAsync(configuration));

        var console = _scene.ConsoleOf(ended);
        Assert.Contains(" one=1 two=a,b", console);
        Assert.Matches(@"on x86_64, 2 cpus, (5[5-9]\d|6[0-3]\d) MiB", console);
        Assert.Contains("vmspawn-guest: rng virtio_rng", console);
    }

    [Fact]
    public async Task Several_initrds_are_merged_in_order()
    {
        var configuration = _scene.KernelBoot("vmspawn.poweroff");
        configuration = configuration with
        {
            Initrds = [.. configuration.Initrds, HostPath.Parse(_scene.ExtraInitrd, "initrd")],
        };

        var ended = await _scene.WaitForExitAsync(await _scene.StartAsync(configuration));

        Assert.Contains("vmspawn-guest: extra initrd was merged", _scene.ConsoleOf(ended));
    }

    [Fact]
    public async Task A_disk_boots_through_uefi_with_arguments()
    {
        var configuration = _scene.DiskBoot("vmspawn.poweroff", "from=smbios");

        var ended = await _scene.WaitForExitAsync(await _scene.StartAsync(configuration));

        Assert.Equal(0, ended.ExitStatus);
        var console = _scene.ConsoleOf(ended);
        Assert.Contains("vmspawn-guest: firmware uefi, secure boot 0", console);
        Assert.Contains("from=smbios", console);
        Assert.Contains("vmspawn-guest: disk vda bytes=67108864 ro=0", console);
    }

    [Fact]
    public async Task A_kernel_boots_beside_a_disk_and_uefi()
    {
        var disk = _scene.DiskBoot();
        // The disk has no root partition that could be found.
        var configuration = _scene.KernelBoot("vmspawn.poweroff", "root=/dev/vda1") with
        {
            Image = disk.Image,
            Firmware = FirmwareChoice.Auto,
        };

        var ended = await _scene.WaitForExitAsync(await _scene.StartAsync(configuration));

        var console = _scene.ConsoleOf(ended);
        Assert.Contains("vmspawn-guest: firmware uefi", console);
        Assert.Contains("vmspawn-guest: disk vda", console);
    }

    [Fact]
    public async Task The_supervisor_stays_below_12_MiB_however_often_it_is_asked()
    {
        var machine = await _scene.StartAsync(_scene.KernelBoot());
        await _scene.ConsoleSaysAsync(machine, "vmspawn-guest: ready");
        for (var question = 0; question < 1000; question++)
        {
            Assert.Equal(MachineState.Running, _scene.Store.Find(machine.Name)?.State);
        }

        var resident = ProcessTable.ResidentKibibytes(machine.Monitor!.Id);
        TestContext.Current.TestOutputHelper!.WriteLine($"vmspawn-monitor: {resident} KiB resident");

        await _scene.StopAsync(machine, new StopRequest { TurnOff = true });
        Assert.InRange(resident, 1, 12 * 1024);
    }
}
