namespace VmSpawn.Boot.Tests;

/// <summary>Two that want the same thing.</summary>
public sealed class RivalryTests(TinyGuest guest) : IAsyncLifetime
{
    private readonly Scene _scene = new(guest);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Of_two_shells_that_start_the_same_name_one_wins()
    {
        using var one = OtherShell.BootingKernel(_scene, "tiny");
        using var other = OtherShell.BootingKernel(_scene, "tiny");

        var answers = await Task.WhenAll(one.AnswerAsync(), other.AnswerAsync());

        Assert.Single(answers, "started tiny");
        var refusal = Assert.Single(answers, answer => answer.StartsWith("refused", StringComparison.Ordinal));
        Assert.StartsWith("refused MachineNameBusy ", refusal);
        var machine = Assert.Single(_scene.Store.List());
        await _scene.StopAsync(machine, new StopRequest { TurnOff = true });
    }

    [Fact]
    public async Task Many_starts_of_one_name_leave_one_machine()
    {
        var plan = _scene.Plan(_scene.KernelBoot());
        var errors = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ErrorOfAsync(_scene.StartAsync(plan))));

        Assert.Single(errors, error => error is null);
        Assert.All(
            errors.Where(error => error is not null),
            error => Assert.Equal("MachineNameBusy", Assert.IsType<VmSpawnException>(error, exactMatch: false).ErrorId)
        );
        var machine = Assert.Single(_scene.Store.List());
        await _scene.StopAsync(machine, new StopRequest { TurnOff = true });
    }

    [Fact]
    public async Task The_same_image_twice_is_refused_before_qemu_runs()
    {
        var configuration = _scene.DiskBoot();
        var machine = await _scene.StartAsync(configuration);
        var second = configuration with { Name = MachineName.Parse("second") };

        var error = await Assert.ThrowsAsync<VmSpawnException>(() => _scene.StartAsync(second));

        Assert.Equal(VmErrorKind.Busy, error.Kind);
        Assert.Contains(configuration.Image!.Value, error.Message);
        Assert.Single(_scene.Store.List());
        await _scene.StopAsync(machine, new StopRequest { TurnOff = true });
    }

    [Fact]
    public async Task Two_plans_with_the_same_image_are_told_apart_by_its_claim()
    {
        var configuration = _scene.DiskBoot();
        var first = _scene.Plan(configuration);
        var second = _scene.Plan(configuration with { Name = MachineName.Parse("second") });
        var machine = await _scene.StartAsync(first);

        var error = await Assert.ThrowsAsync<VmSpawnException>(() => _scene.StartAsync(second));

        Assert.Equal(VmErrorKind.Busy, error.Kind);
        await _scene.StopAsync(machine, new StopRequest { TurnOff = true });
    }

    [Fact]
    public async Task Machines_of_other_names_run_side_by_side()
    {
        var one = await _scene.StartAsync(_scene.KernelBoot("vmspawn.poweroff"));
        var other = await _scene.StartAsync(
            _scene.KernelBoot("vmspawn.poweroff") with
            {
                Name = MachineName.Parse("other"),
            }
        );

        Assert.Equal(["other", "tiny"], _scene.Store.List().Select(machine => machine.Name).Order());
        Assert.Equal(0, (await _scene.WaitForExitAsync(one)).ExitStatus);
        Assert.Equal(0, (await _scene.WaitForExitAsync(other)).ExitStatus);
    }

    private static async Task<Exception?> ErrorOfAsync(Task start)
    {
        try
        {
            await start;
            return null;
        }
        catch (VmSpawnException e)
        {
            return e;
        }
    }
}
