namespace VmSpawn.Boot.Tests;

/// <summary>What only a host with KVM and <c>/dev/vhost-vsock</c> can show; see <see cref="NestedHostTests"/>.</summary>
[Trait(NestedHost.Trait, NestedHost.TraitValue)]
public sealed class KernelVsockTests(TinyGuest tiny, SystemdGuest guest) : IClassFixture<SystemdGuest>
{
    private static readonly TimeSpan Time = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Kvm_is_used_where_it_can_start_a_processor()
    {
        RequireDevices();
        await using var scene = new Scene(tiny, Time);
        var machine = await scene.StartAsync(scene.KernelBoot("vmspawn.poweroff=1"));
        var end = await scene.WaitForExitAsync(machine);

        Assert.Equal("kvm", end.Summary.Accelerator);
        Assert.Equal(0, end.ExitStatus);
        Assert.Contains("vmspawn-guest: ready", scene.ConsoleOf(end));
    }

    [Fact]
    public async Task The_kernels_vsock_is_used_where_it_can_be()
    {
        RequireDevices();
        await using var scene = new Scene(tiny, Time);
        var machine = await scene.StartAsync(
            guest.Boot("kernel-vsock", SystemdGuest.ScriptArgument("ls -l /dev/vsock; systemctl poweroff"))
        );
        var end = await scene.Control.WaitAsync(machine.Name, WaitCondition.Exit, Time, scene.Limit);

        Assert.Equal(0, end.ExitStatus);
        Assert.NotNull(end.Summary.VsockCid);
        Assert.Contains(" /dev/vsock", scene.ConsoleOf(end));
    }

    private static void RequireDevices() =>
        Prerequisite.RequireOfHost(
            File.Exists("/dev/vhost-vsock") && File.Exists("/dev/kvm") && Directory.Exists("/run/systemd/system"),
            "This host has not all of KVM, /dev/vhost-vsock and systemd; the test runs in the nested host instead."
        );
}
