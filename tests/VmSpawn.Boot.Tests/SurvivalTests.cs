using System.Diagnostics;
using System.Text;
using VmSpawn.Engine.Console;

namespace VmSpawn.Boot.Tests;

/// <summary>What happens to a VM when a process around it goes away.</summary>
public sealed class SurvivalTests(TinyGuest guest) : IAsyncLifetime
{
    private readonly Scene _scene = new(guest);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_machine_outlives_the_shell_that_started_it()
    {
        using (var shell = OtherShell.BootingKernel(_scene, "tiny"))
        {
            Assert.Equal("started tiny", await shell.AnswerAsync());
            await shell.KillAsync();
        }

        var machine = Assert.Single(_scene.Store.List());
        Assert.Equal(MachineState.Running, machine.State);
        await _scene.ConsoleSaysAsync(machine, "vmspawn-guest: ready");

        var ended = await _scene.StopAsync(machine);
        Assert.Equal(0, ended.ExitStatus);
    }

    [Fact]
    public async Task A_killed_supervisor_takes_qemu_along_and_the_record_says_so()
    {
        var machine = await _scene.StartAsync(_scene.KernelBoot());
        await _scene.ConsoleSaysAsync(machine, "vmspawn-guest: kernel");

        Kill(machine.Monitor!);

        var took = await Eventually.HoldsAsync(
            () => !ProcessTable.IsAlive(machine.Qemu!.Id),
            TimeSpan.FromSeconds(1),
            () => "QEMU still runs"
        );
        TestContext.Current.TestOutputHelper!.WriteLine($"QEMU was gone after {took.TotalMilliseconds:F0} ms");
        var found = _scene.Store.Find(machine.Name)!;
        Assert.Equal(MachineState.Failed, found.State);
        Assert.Null(found.ExitStatus);
        Assert.Contains("supervisor", found.Failure!.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_killed_qemu_is_a_failure_and_never_success()
    {
        var machine = await _scene.StartAsync(_scene.KernelBoot());
        await _scene.ConsoleSaysAsync(machine, "vmspawn-guest: kernel");

        Kill(machine.Qemu!);

        var ended = await _scene.WaitForExitAsync(machine);
        Assert.Equal(MachineState.Failed, ended.State);
        Assert.Null(ended.ExitStatus);
        Assert.Equal(137, ended.Failure!.ExitCode);
    }

    [Fact]
    public async Task A_qemu_that_ends_with_a_code_of_its_own_is_a_failure()
    {
        var machine = await _scene.StartAsync(
            _scene.KernelBoot("vmspawn.poweroff", "vmspawn.exit=21") with
            {
                QemuArguments = ["-device", "isa-debug-exit,iobase=0x501,iosize=2"],
            }
        );

        var ended = await _scene.WaitForExitAsync(machine);

        Assert.Equal(MachineState.Failed, ended.State);
        Assert.Equal(43, ended.Failure!.ExitCode);
    }

    [Fact]
    public async Task Somebody_attached_reads_what_was_and_types_what_comes()
    {
        var machine = await _scene.StartAsync(_scene.KernelBoot());
        await _scene.ConsoleSaysAsync(machine, "vmspawn-guest: ready");

        var heard = new StringBuilder();
        await using (
            var console = await _scene.Control.OpenConsoleAsync(
                machine.Name,
                ConsoleAccess.ReadWrite,
                cancellationToken: _scene.Limit
            )
        )
        {
            await console.WriteAsync("echo $((6 * 7))-typed; poweroff -f\n"u8.ToArray(), _scene.Limit);
            using var reader = new StreamReader(console);
            heard.Append(await reader.ReadToEndAsync(_scene.Limit));
        }

        Assert.Contains("vmspawn-guest: ready", heard.ToString());
        Assert.Contains("42-typed", heard.ToString());
        Assert.Equal(0, (await _scene.WaitForExitAsync(machine)).ExitStatus);
    }

    private static void Kill(ProcessIdentity identity)
    {
        using var process = Process.GetProcessById(identity.Id);
        process.Kill();
    }
}
