using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Supervision;
using Xunit;

namespace VmSpawn.Engine.Tests.Supervision;

/// <summary>Starts that are given up, wherever they are: nothing is left (which the scene checks at the end).</summary>
public sealed class CancelTests : SceneTests
{
    [Theory]
    [InlineData(StartPhase.Reserving)]
    [InlineData(StartPhase.Preparing)]
    [InlineData(StartPhase.StartingHelpers)]
    [InlineData(StartPhase.WaitingForQemu)]
    public async Task A_start_given_up_in_any_phase_leaves_nothing(StartPhase phase)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Scene.Limit);
        var plan = Scene.Plan(DummyQemu.Silent) with
        {
            Helpers = [new PlannedHelper { Id = "helper", Argv = ["/bin/sleep", "600"] }],
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Scene.Starter.StartAsync(plan, new CancelAt(phase, source), source.Token)
        );

        // At once, not some time later.
        Assert.False(Directory.Exists(Path.Join(Scene.Root, "vm")));
        Assert.Empty(ProcessTable.Concerning(Scene.Qemu));
        Assert.Empty(Scene.Store.List());
    }

    [Fact]
    public async Task A_start_that_was_never_wanted_does_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Scene.Starter.StartAsync(Scene.Plan(), progress: null, new CancellationToken(canceled: true))
        );
    }

    [Fact]
    public async Task A_start_given_up_at_any_moment_is_a_machine_or_nothing()
    {
        for (var milliseconds = 0; milliseconds < 400; milliseconds += 40)
        {
            using var source = CancellationTokenSource.CreateLinkedTokenSource(Scene.Limit);
            source.CancelAfter(milliseconds);
            try
            {
                await Scene.Starter.StartAsync(Scene.Plan(), progress: null, source.Token);
                await Scene.TurnOffAsync();
                Scene.Store.Forget("vm");
            }
            catch (OperationCanceledException)
            {
                Assert.False(Directory.Exists(Path.Join(Scene.Root, "vm")));
                Assert.Empty(Scene.Store.List());
            }
        }
    }

    [Fact]
    public async Task A_starting_process_that_is_killed_takes_the_unfinished_start_along()
    {
        using var shell = Scene.StartElsewhere(Scene.Plan(DummyQemu.Silent));
        while (await shell.StandardOutput.ReadLineAsync(Scene.Limit) is { } line && line != "phase WaitingForQemu") { }

        shell.Kill();

        await shell.WaitForExitAsync(Scene.Limit);
        await Scene.NothingIsLeftAsync();
        Assert.Empty(Scene.Store.List());
    }

    private sealed class CancelAt(StartPhase phase, CancellationTokenSource source) : IProgress<StartProgress>
    {
        public void Report(StartProgress value)
        {
            if (value.Phase == phase)
            {
                source.Cancel();
            }
        }
    }
}
