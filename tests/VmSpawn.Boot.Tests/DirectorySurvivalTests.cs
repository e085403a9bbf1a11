using System.Diagnostics;

namespace VmSpawn.Boot.Tests;

/// <summary>What is left of a VM with shared directories when something ends it, at any point.</summary>
public sealed class DirectorySurvivalTests(TinyGuest guest) : IAsyncLifetime
{
    private const int Rounds = 50;
    private readonly Scene _scene = new(guest);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Fifty_starts_and_kills_leave_nothing()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var ends = new Dictionary<string, int>();
        for (var round = 0; round < Rounds; round++)
        {
            var end = await StartAndEndAsync(random, round);
            ends[end] = ends.GetValueOrDefault(end) + 1;
            // Whoever looks once it is dead clears up what a killed supervisor could not.
            await Eventually.HoldsAsync(
                () => _scene.Store.List().All(one => one.State is MachineState.Stopped or MachineState.Failed),
                TimeSpan.FromSeconds(10),
                () => $"after it was {end} the machine lives on"
            );
            await _scene.NothingIsLeftAsync();
        }

        TestContext.Current.TestOutputHelper!.WriteLine(
            string.Join(", ", ends.Select(one => $"{one.Value} {one.Key}"))
        );
        Assert.Equal(
            "still here\n",
            await File.ReadAllTextAsync(Path.Join(_scene.Files, "tree", "file"), _scene.Limit)
        );
    }

    [Fact]
    public async Task A_virtiofsd_that_dies_takes_the_machine_along_and_is_named()
    {
        var machine = await _scene.StartAsync(TreeBoot());
        await _scene.ConsoleSaysAsync(machine, "vmspawn-guest: ready");

        Kill(Assert.Single(machine.Helpers, helper => helper.Id == "virtiofsd-1").Process.Id);

        var ended = await _scene.WaitForExitAsync(machine);
        Assert.Equal((MachineState.Failed, "HelperFailed"), (ended.State, ended.Failure!.ErrorId));
        Assert.Contains("virtiofsd-1", ended.Failure.Message);
    }

    [Fact]
    public async Task A_virtiofsd_that_cannot_start_is_quoted()
    {
        var plan = _scene.Plan(TreeBoot());
        Directory.Delete(Path.Join(_scene.Files, "bind"), recursive: true);

        var failure = await Assert.ThrowsAsync<StartFailedException>(() => _scene.StartAsync(plan));

        Assert.Equal("HelperFailed", failure.ErrorId);
        Assert.Contains("virtiofsd-1", failure.Message);
        Assert.Contains("No such file or directory", failure.Message);
    }

    private async Task<string> StartAndEndAsync(Random random, int round)
    {
        var configuration = TreeBoot() with { Ephemeral = round % 2 == 0 };
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(_scene.Limit);
        if (round % 5 == 0)
        {
            cancellation.CancelAfter(random.Next(80));
        }

        MachineRecord machine;
        try
        {
            machine = await _scene.Starter.StartAsync(_scene.Plan(configuration), null, cancellation.Token);
        }
        catch (OperationCanceledException)
        {
            return "cancelled";
        }

        await Task.Delay(random.Next(400), _scene.Limit);
        switch (round % 5)
        {
            case 1:
                Kill(machine.Qemu!.Id);
                await _scene.WaitForExitAsync(machine);
                return "QEMU killed";
            case 2:
                Kill(machine.Monitor!.Id);
                return "supervisor killed";
            case 3:
                Kill(machine.Helpers[random.Next(machine.Helpers.Length)].Process.Id);
                await _scene.WaitForExitAsync(machine);
                return "virtiofsd killed";
            default:
                await _scene.StopAsync(machine, new StopRequest { TurnOff = true });
                return "turned off";
        }
    }

    private VmConfiguration TreeBoot()
    {
        Prerequisite.Require(
            Prerequisite.Find("virtiofsd") is not null || _scene.Host.VirtiofsdFallbacks.Any(File.Exists),
            "virtiofsd is not installed: run './pwshw build.ps1 Setup'."
        );
        Prerequisite.RequireOfHost(Environment.UserName == "root", "The tests of kills run as root only.");
        var tree = Directory.CreateDirectory(Path.Join(_scene.Files, "tree")).FullName;
        var bind = Directory.CreateDirectory(Path.Join(_scene.Files, "bind")).FullName;
        File.WriteAllText(Path.Join(tree, "file"), "still here\n");
        return _scene.KernelBoot() with
        {
            Directory = HostPath.Parse(tree, "directory"),
            Ram = MemorySize.Parse("256M"),
            Tpm = Tristate.No,
            Binds = [new BindMount(bind, "/mnt", true)],
        };
    }

    private static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
    }
}
