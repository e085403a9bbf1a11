using VmSpawn.Engine.Host;

namespace VmSpawn.Boot.Tests;

/// <summary>What only a host with KVM, <c>/dev/vhost-vsock</c> and systemd can show; see <see cref="NestedHostTests"/>.</summary>
[Trait(NestedHost.Trait, NestedHost.TraitValue)]
public sealed class HostIntegrationTests(TinyGuest tiny, SystemdGuest guest) : IClassFixture<SystemdGuest>
{
    private static readonly TimeSpan Time = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Kvm_is_used_where_it_can_start_a_processor()
    {
        await RequireDevicesAsync();
        await using var scene = new Scene(tiny, Time);
        var machine = await scene.StartAsync(scene.KernelBoot("vmspawn.poweroff=1"));
        var end = await scene.WaitForExitAsync(machine);

        Assert.Equal("kvm", end.Summary.Accelerator);
        Assert.Equal(0, end.ExitStatus);
        Assert.Contains("vmspawn-guest: ready", scene.ConsoleOf(end));
    }

    [Fact]
    public async Task A_guest_reports_by_the_kernels_vsock()
    {
        await RequireDevicesAsync();
        await using var scene = new Scene(tiny, Time);
        var plan = scene.Plan(guest.Boot("kernel-vsock", SystemdGuest.ScriptArgument("systemctl exit 42")));
        var machine = await scene.StartAsync(plan);
        await scene.Control.WaitAsync(machine.Name, WaitCondition.Ready, Time, scene.Limit);
        var end = await scene.Control.WaitAsync(machine.Name, WaitCondition.Exit, Time, scene.Limit);

        Assert.IsType<VsockNotifications>(plan.Notifications);
        Assert.Equal(42, end.ExitStatus);
        Assert.NotNull(end.Guest?.ReadyAt);
        Assert.Equal("vmspawn", end.Guest.HostName);
        Assert.Empty(end.Warnings);
    }

    [Fact]
    public async Task Two_guests_of_one_name_in_two_places_have_different_identifiers()
    {
        await RequireDevicesAsync();
        await using var scene = new Scene(tiny, Time);
        var first = await scene.StartAsync(scene.KernelBoot());
        // Planned where the first one is not recorded, as another user's would be: only the kernel knows that it is taken.
        var second = scene.Plan(scene.KernelBoot());

        Assert.NotNull(first.Summary.VsockCid);
        Assert.NotEqual(first.Summary.VsockCid, second.Summary.VsockCid);
        await scene.StopAsync(first, new StopRequest { TurnOff = true });
    }

    [Fact]
    public async Task A_vm_is_a_unit_and_a_machine_of_the_host_as_long_as_it_lives()
    {
        await RequireDevicesAsync();
        await using var scene = new Scene(tiny, Time);
        var machine = await scene.StartAsync(scene.KernelBoot() with { Register = Tristate.Yes });
        var unit = machine.Registration?.Unit;
        Assert.NotNull(unit);

        var known = await HostProgram.RunAsync("machinectl", "show", "tiny", "--property=Leader", "--property=Class");
        Assert.Contains($"Leader={machine.Qemu!.Id}\n", known);
        Assert.Contains("Class=vm\n", known);
        Assert.Contains(unit, await File.ReadAllTextAsync($"/proc/{machine.Qemu.Id}/cgroup", scene.Limit));
        Assert.Contains("Slice=machine.slice\n", await HostProgram.RunAsync("systemctl", "show", unit));

        await scene.StopAsync(machine, new StopRequest { TurnOff = true });
        await NothingIsKnownAsync(unit);
    }

    [Fact]
    public async Task A_killed_supervisor_leaves_no_unit_and_no_machine()
    {
        await RequireDevicesAsync();
        await using var scene = new Scene(tiny, Time);
        var machine = await scene.StartAsync(scene.KernelBoot() with { Register = Tristate.Yes });
        var unit = machine.Registration!.Unit!;
        using (var supervisor = System.Diagnostics.Process.GetProcessById(machine.Monitor!.Id))
        {
            supervisor.Kill();
        }

        await Eventually.HoldsAsync(
            () => scene.Store.Find(machine.Name) is { State: MachineState.Failed },
            TimeSpan.FromSeconds(20),
            () => "The VM is not known to have ended."
        );
        await NothingIsKnownAsync(unit);
    }

    private static async Task NothingIsKnownAsync(string unit)
    {
        var shown = "";
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var machines = await HostProgram.RunAsync("machinectl", "list", "--no-legend");
            var state = await HostProgram.RunAsync("systemctl", "show", "--property=ActiveState", unit);
            shown = $"{machines}{state}";
            if (!machines.Contains("tiny", StringComparison.Ordinal) && state.Trim() == "ActiveState=inactive")
            {
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        }

        Assert.Fail($"The host still knows the VM: {shown}");
    }

    // The look at KVM has three seconds, which the first one may need for reading QEMU from the disk.
    private static async Task RequireDevicesAsync()
    {
        Prerequisite.RequireOfHost(
            File.Exists("/dev/vhost-vsock") && File.Exists("/dev/kvm") && Directory.Exists("/run/systemd/system"),
            "This host has not all of KVM, /dev/vhost-vsock and systemd; the test runs in the nested host instead."
        );
        var qemu = Prerequisite.Find("qemu-system-x86_64")!;
        for (var attempt = 0; attempt < 5 && !new LinuxHost().ProbeKvm(qemu).Usable; attempt++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        }
    }
}
