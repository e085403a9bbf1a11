using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Systemd;
using Xunit;

namespace VmSpawn.Engine.Tests.Supervision;

/// <summary>What the supervisor tells systemd, and what it does when that goes wrong.</summary>
public sealed class RegistrationTests : SceneTests
{
    private const string Done = "{\"parameters\":{}}\0";
    private const string Unknown =
        "{\"error\":\"org.varlink.service.MethodNotFound\",\"parameters\":{\"method\":\"io.systemd.Machine.Register\"}}\0";

    private string Files => Path.Join(Scene.Files.Root, "systemd");

    [Fact]
    public async Task A_vm_is_registered_by_varlink_while_it_lives()
    {
        await using var systemd = new FakeSystemd(Files, Done, Done);

        var started = await StartAsync(systemd.Plan());
        Assert.True(started.Registration!.IsRegistered);
        Assert.Contains($"\"leader\":{started.Qemu!.Id}", Assert.Single(systemd.Messages));
        Assert.EndsWith("\0", systemd.Messages[0]);
        await Scene.StopAsync();

        Assert.Equal(
            "{\"method\":\"io.systemd.Machine.Unregister\",\"parameters\":{\"name\":\"vm\"}}\0",
            systemd.Messages[1]
        );
        Assert.Empty(systemd.Calls);
    }

    [Fact]
    public async Task A_machined_that_does_not_know_varlinks_call_is_spoken_to_over_the_bus()
    {
        await using var systemd = new FakeSystemd(Files, Unknown, Unknown);

        var started = await StartAsync(systemd.Plan());
        await Scene.StopAsync();

        Assert.Equal(
            [
                $"{Machined} RegisterMachineWithNetwork sayssusai vm 0 vmspawn vm {started.Qemu!.Id}  0",
                $"{Machined} UnregisterMachine s vm",
            ],
            systemd.Calls
        );
    }

    [Fact]
    public async Task A_machined_without_a_socket_is_started_first_and_then_spoken_to_over_the_bus()
    {
        await using var systemd = new FakeSystemd(Files, replies: null);

        var started = await StartAsync(systemd.Plan());
        await Scene.StopAsync();

        Assert.Equal(
            [
                "org.freedesktop.DBus /org/freedesktop/DBus org.freedesktop.DBus StartServiceByName su org.freedesktop.machine1 0",
                $"{Machined} RegisterMachineWithNetwork sayssusai vm 0 vmspawn vm {started.Qemu!.Id}  0",
                $"{Machined} UnregisterMachine s vm",
            ],
            systemd.Calls
        );
    }

    [Fact]
    public async Task A_demanded_registration_that_is_refused_fails_the_start_in_machineds_words()
    {
        await using var systemd = new FakeSystemd(
            Files,
            "{\"error\":\"io.systemd.Machine.MachineExists\",\"parameters\":{}}\0",
            Done
        );

        var error = await Assert.ThrowsAsync<StartFailedException>(() => StartAsync(systemd.Plan()));

        Assert.Equal("RegistrationFailed", error.ErrorId);
        Assert.Contains("io.systemd.Machine.MachineExists", error.Message);
        Assert.Contains("machinectl list", error.Hint);
        await Scene.NothingIsLeftAsync();
    }

    [Fact]
    public async Task An_automatic_registration_that_is_refused_is_a_warning()
    {
        await using var systemd = new FakeSystemd(Files, replies: null);
        systemd.Answer("echo 'Call failed: Access denied' >&2; exit 1");

        var started = await StartAsync(systemd.Plan(isRequired: false));

        Assert.False(started.Registration!.IsRegistered);
        Assert.Contains("Call failed: Access denied", Assert.Single(started.Warnings));
        await Scene.TurnOffAsync();
    }

    [Fact]
    public async Task A_refusal_leaves_the_name_to_who_has_it()
    {
        await using var systemd = new FakeSystemd(Files, "{\"error\":\"io.systemd.Machine.MachineExists\"}\0", Done);

        await StartAsync(systemd.Plan(isRequired: false));
        await Scene.TurnOffAsync();

        Assert.Single(systemd.Messages);
        Assert.Empty(systemd.Calls);
    }

    [Fact]
    public async Task A_scope_that_cannot_be_made_fails_the_start_if_it_was_demanded()
    {
        await using var systemd = new FakeSystemd(Files, replies: null);
        systemd.Answer("echo 'Call failed: Interactive authentication required.' >&2; exit 1");

        var error = await Assert.ThrowsAsync<StartFailedException>(() =>
            StartAsync(systemd.Plan() with { Scope = Scope(isRequired: true) })
        );

        Assert.Equal("ScopeFailed", error.ErrorId);
        Assert.Contains("Interactive authentication required", error.Message);
        Assert.Contains(
            "ssa(sv)a(sa(sv)) machine-1-vm.scope fail 2 Slice s machine.slice PIDs au 1 ",
            Assert.Single(systemd.Calls)
        );
        await Scene.NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_scope_that_comes_by_itself_and_cannot_be_made_is_a_warning_and_no_entry_is_made()
    {
        await using var systemd = new FakeSystemd(Files, Done);
        systemd.Answer("exit 1");

        var started = await StartAsync(systemd.Plan(isRequired: false) with { Scope = Scope(isRequired: false) });

        Assert.Null(started.Registration);
        Assert.Equal(2, started.Warnings.Length);
        Assert.Empty(systemd.Messages);
        await Scene.TurnOffAsync();
    }

    [Fact]
    public async Task A_scope_that_is_promised_and_does_not_come_is_not_waited_for_endlessly()
    {
        await using var systemd = new FakeSystemd(Files, replies: null);

        var error = await Assert.ThrowsAsync<StartFailedException>(() =>
            StartAsync(systemd.Plan() with { Scope = Scope(isRequired: true) })
        );

        Assert.Equal("ScopeFailed", error.ErrorId);
        Assert.Contains("within 5 seconds", error.Message);
    }

    [Fact]
    public async Task A_bus_that_never_answers_does_not_stall_the_start()
    {
        await using var systemd = new FakeSystemd(Files, replies: null);
        systemd.Answer("trap '' TERM; sleep 100 & wait");

        var error = await Assert.ThrowsAsync<StartFailedException>(() =>
            StartAsync(systemd.Plan() with { Scope = Scope(isRequired: true) })
        );

        Assert.Contains("busctl did not end within 6 seconds", error.Message);
        await Scene.NothingIsLeftAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json\0")]
    public async Task A_machined_that_does_not_speak_varlink_stalls_nothing(string reply)
    {
        await using var systemd = new FakeSystemd(Files, reply, reply);

        var started = await StartAsync(systemd.Plan(isRequired: false));

        Assert.True(started.StartedAt is not null);
        Assert.Equal(
            "Running",
            (await Scene.Control.WaitAsync("vm", WaitCondition.Running, null, Scene.Limit)).State.ToString()
        );
        await Scene.TurnOffAsync();
    }

    [Fact]
    public async Task The_entry_of_a_vm_whose_supervisor_was_killed_is_removed_if_it_is_still_its_own()
    {
        await using var systemd = new FakeSystemd(Files, Done);
        var started = await StartAsync(systemd.Plan());
        systemd.Answer($$"""case "$*" in *get-property*) echo "u {{started.Qemu!.Id}}" ;; esac""");

        using (var monitor = System.Diagnostics.Process.GetProcessById(started.Monitor!.Id))
        {
            monitor.Kill();
            await monitor.WaitForExitAsync(Scene.Limit);
        }

        Assert.Equal("Failed", Scene.Store.Find("vm")!.State.ToString());
        Assert.Equal($"{Machined} UnregisterMachine s vm", systemd.Calls.Last());
    }

    private const string Machined =
        "org.freedesktop.machine1 /org/freedesktop/machine1 org.freedesktop.machine1.Manager";

    private static PlannedScope Scope(bool isRequired) =>
        new("machine-1-vm.scope", [BusProperty.Text("Slice", "machine.slice")], isRequired);

    private Task<MachineRecord> StartAsync(PlannedRegistration registration) =>
        Scene.StartAsync(Scene.Plan() with { Registration = registration });
}
