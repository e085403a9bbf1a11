using System.Diagnostics;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Supervision;
using Xunit;

namespace VmSpawn.Engine.Tests.Supervision;

/// <summary>Starts that fail: one clear error, in time, and nothing left (which the scene checks at the end).</summary>
public sealed class StartFailureTests : SceneTests
{
    [Fact]
    public async Task A_qemu_that_dies_at_once_is_quoted()
    {
        var error = await FailsAsync(Scene.Plan(DummyQemu.Dying));

        Assert.Equal("QemuExited", error.ErrorId);
        Assert.Equal(1, error.ExitCode);
        Assert.Contains("'nonsense' is not a valid device model name", error.Message);
        Assert.Contains("'nonsense' is not a valid device model name", error.Output);
        Assert.Empty(Scene.Store.List());
    }

    [Fact]
    public async Task A_qemu_that_crashes_is_told_by_its_signal()
    {
        var error = await FailsAsync(Scene.Plan(DummyQemu.Crashing));

        Assert.Equal("QemuExited", error.ErrorId);
        Assert.Equal(128 + 11, error.ExitCode);
        Assert.Contains("signal 11", error.Message);
    }

    [Theory]
    [InlineData(DummyQemu.Silent)]
    [InlineData(DummyQemu.SilentAndStubborn)]
    public async Task A_qemu_that_never_answers_is_given_up(string behaviour)
    {
        var watch = Stopwatch.StartNew();

        var error = await FailsAsync(Scene.Plan(behaviour));

        Assert.Equal("QemuNotAnswering", error.ErrorId);
        Assert.Contains("within 6 seconds", error.Message);
        // Ten seconds at the worst, where the supervisor need not be compiled first.
        Assert.InRange(watch.Elapsed.TotalSeconds, 6, Scene.Monitor.Contains("net10.0") ? 15 : 10);
        await Scene.NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_qemu_that_speaks_something_else_is_not_waited_for()
    {
        var error = await FailsAsync(Scene.Plan(DummyQemu.Garbled));

        Assert.Equal("QemuNotAnswering", error.ErrorId);
        Assert.Contains("not QMP", error.Message);
    }

    [Fact]
    public async Task A_qemu_that_is_not_there_is_named()
    {
        var error = await FailsAsync(Scene.Plan() with { QemuBinary = "/nowhere/qemu-system-x86_64" });

        Assert.Equal("QemuExited", error.ErrorId);
        Assert.Equal(127, error.ExitCode);
        Assert.Contains("'/nowhere/qemu-system-x86_64'", error.Message);
    }

    [Fact]
    public async Task A_device_that_cannot_be_opened_is_named()
    {
        var plan = Scene.Plan();
        var error = await FailsAsync(
            plan with
            {
                Descriptors = plan.Descriptors.Add(new DeviceDescriptor(5, "/dev/no-such-device")),
            }
        );

        Assert.Equal("SystemCallFailed", error.ErrorId);
        Assert.Contains("'/dev/no-such-device'", error.Message);
    }

    [Fact]
    public async Task A_file_that_cannot_be_copied_is_named()
    {
        var plan = Scene.Plan() with
        {
            Files = [new CopiedFile(Path.Join(Scene.Root, "vm", "nvram"), "/nowhere/OVMF_VARS.fd")],
        };

        var error = await FailsAsync(plan);

        Assert.Equal("SystemCallFailed", error.ErrorId);
        Assert.Contains("'/nowhere/OVMF_VARS.fd'", error.Message);
    }

    [Fact]
    public async Task A_supervisor_that_cannot_be_started_is_named()
    {
        var starter = new MachineStarter(Scene.Store, "/nowhere/vmspawn-monitor");

        var error = await Assert.ThrowsAsync<SystemCallException>(() =>
            starter.StartAsync(Scene.Plan(), progress: null, Scene.Limit)
        );

        Assert.Contains("'/nowhere/vmspawn-monitor'", error.Message);
    }

    [Fact]
    public async Task A_supervisor_that_ends_without_a_word_is_a_failure()
    {
        var starter = new MachineStarter(Scene.Store, "/bin/true");

        var error = await Assert.ThrowsAsync<StartFailedException>(() =>
            starter.StartAsync(Scene.Plan(), progress: null, Scene.Limit)
        );

        Assert.Equal("MonitorFailed", error.ErrorId);
    }

    [Fact]
    public async Task A_plan_for_another_runtime_directory_is_refused()
    {
        var error = await Assert.ThrowsAsync<VmSpawnException>(() =>
            Scene.StartAsync(Scene.Plan() with { RunDirectory = "/tmp/elsewhere/vm" })
        );

        Assert.Equal("RunDirectoryMismatch", error.ErrorId);
    }

    [Fact]
    public async Task A_name_too_long_for_sockets_is_refused_before_anything_is_made()
    {
        var root = Path.Join(Scene.Root, new string('d', 60));
        var name = new string('n', 30);
        var starter = new MachineStarter(new(root), Scene.Monitor);
        var plan = Scene.Plan() with { Name = name, RunDirectory = Path.Join(root, name) };

        var error = await Assert.ThrowsAsync<VmSpawnException>(() =>
            starter.StartAsync(plan, progress: null, Scene.Limit)
        );

        Assert.Equal("RuntimeDirectoryTooLong", error.ErrorId);
        Assert.False(Directory.Exists(root));
    }

    [Fact]
    public async Task A_runtime_directory_that_others_can_write_to_is_refused()
    {
        File.SetUnixFileMode(Scene.Root, (UnixFileMode)0x1FF);
        var error = await Assert.ThrowsAsync<VmSpawnException>(() => Scene.StartAsync());
        File.SetUnixFileMode(Scene.Root, (UnixFileMode)0x1C0);

        Assert.Equal("RuntimeDirectoryUnsafe", error.ErrorId);
    }

    private async Task<StartFailedException> FailsAsync(LaunchPlan plan) =>
        await Assert.ThrowsAsync<StartFailedException>(() => Scene.StartAsync(plan));
}
