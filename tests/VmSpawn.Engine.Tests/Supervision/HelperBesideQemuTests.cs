using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Planning;
using Xunit;

namespace VmSpawn.Engine.Tests.Supervision;

/// <summary>Helpers whose socket the supervisor binds: they come up while QEMU does.</summary>
public sealed class HelperBesideQemuTests : SceneTests
{
    private string Socket => Path.Join(Scene.Root, "vm", "tpm.sock");

    // QEMU's log is made when QEMU is started.
    private string QemuLog => Path.Join(Scene.Root, "vm", "qemu.log");

    [Fact]
    public async Task Qemu_starts_while_such_a_helper_is_still_being_prepared()
    {
        var started = await Scene.StartAsync(
            With(
                Helper(
                    $"for i in $(seq 100); do [ -e {QemuLog} ] && exit 0; sleep 0.1; done; echo no QEMU yet >&2; exit 1"
                )
            )
        );

        Assert.Equal("tpm", Assert.Single(started.Helpers).Id);
        await Scene.TurnOffAsync();
    }

    [Fact]
    public async Task The_machine_is_not_ready_before_such_a_helper_is()
    {
        var started = await Scene.StartAsync(With(Helper("sleep 1")));

        Assert.True(Assert.Single(started.Helpers).Process.IsAlive);
        await Scene.TurnOffAsync();
    }

    [Theory]
    [InlineData(DummyQemu.WellBehaved)]
    [InlineData(DummyQemu.Silent)]
    public async Task A_preparation_that_fails_beside_qemu_is_quoted(string qemu)
    {
        var error = await Assert.ThrowsAsync<StartFailedException>(() =>
            Scene.StartAsync(With(Helper("sleep 0.3; echo no room for the state >&2; exit 4"), qemu))
        );

        Assert.Equal("HelperFailed", error.ErrorId);
        Assert.Equal(4, error.ExitCode);
        Assert.Contains("no room for the state", error.Message);
    }

    [Fact]
    public async Task A_qemu_that_dies_does_not_wait_for_such_a_helper()
    {
        var error = await Assert.ThrowsAsync<StartFailedException>(() =>
            Scene.StartAsync(With(Helper("exec sleep 25"), DummyQemu.Dying))
        );

        Assert.Equal("QemuExited", error.ErrorId);
        Assert.Contains("not a valid device model name", error.Message);
    }

    [Fact]
    public async Task A_start_given_up_meanwhile_leaves_nothing()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Scene.Limit);
        var start = Scene.Starter.StartAsync(With(Helper("exec sleep 25")), progress: null, source.Token);
        await Scene.EventuallyAsync(() => File.Exists(QemuLog), "QEMU was not started");

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        Assert.False(Directory.Exists(Path.Join(Scene.Root, "vm")));
        Assert.Empty(ProcessTable.Concerning(Scene.Qemu));
    }

    private PlannedHelper Helper(string preparation) =>
        new()
        {
            Id = "tpm",
            ListenPath = Socket,
            Prepare =
            [
                ["/bin/sh", "-c", preparation],
            ],
            Argv = ["/bin/sleep", "600"],
        };

    private LaunchPlan With(PlannedHelper helper, string qemu = DummyQemu.WellBehaved) =>
        Scene.Plan(qemu) with
        {
            Helpers = [helper],
        };
}
