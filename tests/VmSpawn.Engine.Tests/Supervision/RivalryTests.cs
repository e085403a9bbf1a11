using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Planning;
using Xunit;

namespace VmSpawn.Engine.Tests.Supervision;

/// <summary>Several that want the same thing.</summary>
public sealed class RivalryTests : SceneTests
{
    [Fact]
    public async Task Of_many_starts_of_one_name_one_wins()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TryStartAsync(Scene.Plan())));

        Assert.Single(outcomes, outcome => outcome is null);
        Assert.Equal(7, outcomes.Count(outcome => outcome == "MachineNameBusy"));
        await Scene.TurnOffAsync();
    }

    [Fact]
    public async Task Of_two_processes_that_start_one_name_one_wins()
    {
        using var one = Scene.StartElsewhere(Scene.Plan());
        using var other = Scene.StartElsewhere(Scene.Plan());

        var answers = await Task.WhenAll(AnswerAsync(one), AnswerAsync(other));

        Assert.Equal(["refused MachineNameBusy", "started vm"], answers.Order());
        one.Kill();
        other.Kill();
        await Scene.TurnOffAsync();
    }

    [Fact]
    public async Task Looking_never_disturbs_a_start()
    {
        using var done = new CancellationTokenSource();
        var looking = Task.Run(
            () =>
            {
                while (!done.IsCancellationRequested)
                {
                    Scene.Store.List();
                }
            },
            Scene.Limit
        );

        for (var i = 0; i < 5; i++)
        {
            await Scene.StartAsync();
            await Scene.StopAsync();
        }

        await done.CancelAsync();
        await looking;
    }

    [Fact]
    public async Task An_image_is_written_by_one_machine_alone()
    {
        var image = Scene.Files.Write("disk.raw", "disk");
        var link = Scene.Files.Link("alias.raw", image);
        await Scene.StartAsync(Claiming("one", image, writable: true));

        var forWriting = await RefusedAsync(Claiming("two", link, writable: true));
        var forReading = await RefusedAsync(Claiming("two", link, writable: false));

        Assert.Equal("ImageBusy", forWriting.ErrorId);
        Assert.Equal(VmErrorKind.Busy, forReading.Kind);
        Assert.Contains("'one'", forWriting.Message);
        await Scene.TurnOffAsync("one");
        await Scene.StartAsync(Claiming("two", link, writable: true));
        await Scene.TurnOffAsync("two");
    }

    [Fact]
    public async Task An_image_is_read_by_many_machines_and_then_written_by_none()
    {
        var image = Scene.Files.Write("disk.raw", "disk");
        await Scene.StartAsync(Claiming("one", image, writable: false));
        await Scene.StartAsync(Claiming("two", image, writable: false));

        var error = await RefusedAsync(Claiming("three", image, writable: true));

        Assert.Equal("ImageBusy", error.ErrorId);
        Assert.Contains("'one' or 'two'", error.Message);
        await Scene.TurnOffAsync("one");
        await RefusedAsync(Claiming("three", image, writable: true));
        await Scene.TurnOffAsync("two");
        await Scene.StartAsync(Claiming("three", image, writable: true));
        await Scene.TurnOffAsync("three");
    }

    [Fact]
    public async Task A_tree_is_written_by_one_machine_alone()
    {
        var tree = Path.GetDirectoryName(Scene.Files.Write("tree/file", ""))!;
        await Scene.StartAsync(Claiming("one", tree, writable: true));

        var error = await RefusedAsync(Claiming("two", tree, writable: false));

        Assert.Equal("ImageBusy", error.ErrorId);
        Assert.Contains($"directory '{tree}'", error.Message);
        await Scene.TurnOffAsync("one");
    }

    [Fact]
    public async Task An_image_used_twice_by_one_machine_is_refused_if_it_is_written()
    {
        var image = Scene.Files.Write("disk.raw", "disk");
        var claim = new ImageClaim(image, Writable: true);

        var error = await RefusedAsync(Scene.Plan() with { Claims = [claim, claim with { Writable = false }] });

        Assert.Equal("ImageBusy", error.ErrorId);
        var reading = claim with { Writable = false };
        await Scene.StartAsync(Scene.Plan() with { Claims = [reading, reading] });
        await Scene.TurnOffAsync();
    }

    private static async Task<string?> AnswerAsync(System.Diagnostics.Process shell)
    {
        string? line;
        do
        {
            line = await shell.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        } while (line is not null && line.StartsWith("phase ", StringComparison.Ordinal));

        return line;
    }

    private LaunchPlan Claiming(string name, string image, bool writable) =>
        Scene.Plan(name: name) with
        {
            Claims = [new ImageClaim(image, writable)],
        };

    private Task<VmSpawnException> RefusedAsync(LaunchPlan plan) =>
        Assert.ThrowsAsync<VmSpawnException>(() => Scene.StartAsync(plan));

    private async Task<string?> TryStartAsync(LaunchPlan plan)
    {
        try
        {
            // Not one after another: each on a thread of its own.
            await Task.Run(() => Scene.StartAsync(plan), Scene.Limit);
            return null;
        }
        catch (VmSpawnException e)
        {
            return e.ErrorId;
        }
    }
}
