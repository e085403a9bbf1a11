using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Planning;
using Xunit;

namespace VmSpawn.Engine.Tests.Supervision;

/// <summary>Processes beside QEMU.</summary>
public sealed class HelperTests : SceneTests
{
    [Fact]
    public async Task Directories_and_preparations_come_first()
    {
        var directory = Path.Join(Scene.Root, "vm", "tpm");
        var script = Scene.Files.WriteScript("helper", $"cat {directory}/made; exec sleep 600");
        await Scene.StartAsync(
            With(
                new PlannedHelper
                {
                    Id = "tpm",
                    Directories = [directory],
                    Prepare =
                    [
                        ["/bin/sh", "-c", $"echo prepared > {directory}/made"],
                    ],
                    Argv = [script],
                }
            )
        );

        Assert.Equal((UnixFileMode)0x1C0, File.GetUnixFileMode(directory));
        var log = Path.Join(Scene.Root, "vm", "tpm.log");
        await Scene.EventuallyAsync(() => File.ReadAllText(log) == "prepared\n", "the helper did not see it");
        await Scene.TurnOffAsync();
    }

    [Fact]
    public async Task A_preparation_that_fails_is_quoted()
    {
        var error = await FailsAsync(
            new PlannedHelper
            {
                Id = "tpm",
                Prepare =
                [
                    ["/bin/sh", "-c", "echo no room for the state >&2; exit 4"],
                ],
                Argv = ["/bin/sleep", "600"],
            }
        );

        Assert.Equal("HelperFailed", error.ErrorId);
        Assert.Equal(4, error.ExitCode);
        Assert.Contains("no room for the state", error.Output);
    }

    [Fact]
    public async Task A_listening_socket_is_inherited_under_its_number()
    {
        var socket = Path.Join(Scene.Root, "vm", "journal.sock");
        await Scene.StartAsync(
            With(
                new PlannedHelper
                {
                    Id = "journal",
                    ListenPath = socket,
                    ListenDescriptor = 5,
                    Argv = ["/bin/sh", "-c", "readlink /proc/self/fd/5 /proc/self/fd/3; echo end; exec sleep 600"],
                }
            )
        );

        var log = Path.Join(Scene.Root, "vm", "journal.log");
        await Scene.EventuallyAsync(
            () => File.ReadAllText(log).EndsWith("end\n", StringComparison.Ordinal),
            "the helper said nothing"
        );
        Assert.Matches(@"\Asocket:\[\d+\]\nend\n\z", await File.ReadAllTextAsync(log, Scene.Limit));
        Assert.True(File.Exists(socket));
        await Scene.TurnOffAsync();
    }

    [Fact]
    public async Task An_activated_helper_is_told_of_its_socket_by_its_environment()
    {
        await Scene.StartAsync(
            With(
                new PlannedHelper
                {
                    Id = "journal",
                    ListenPath = Path.Join(Scene.Root, "vm", "journal.sock"),
                    IsActivated = true,
                    Argv =
                    [
                        "/bin/sh",
                        "-c",
                        "[ $LISTEN_PID = $$ ] && readlink /proc/self/fd/$((2 + LISTEN_FDS)); echo end; exec sleep 600",
                    ],
                }
            )
        );

        var log = Path.Join(Scene.Root, "vm", "journal.log");
        await Scene.EventuallyAsync(
            () => File.ReadAllText(log).EndsWith("end\n", StringComparison.Ordinal),
            "the helper said nothing"
        );
        Assert.Matches(@"\Asocket:\[\d+\]\nend\n\z", await File.ReadAllTextAsync(log, Scene.Limit));
        await Scene.TurnOffAsync();
    }

    [Fact]
    public async Task A_helper_that_drains_is_not_ended_before_it_has_done_its_work()
    {
        var (mark, done) = (Path.Join(Scene.Files.Root, "mark"), Path.Join(Scene.Files.Root, "done"));
        await Scene.StartAsync(
            With(
                new PlannedHelper
                {
                    Id = "journal",
                    Drains = true,
                    Argv =
                    [
                        "/bin/sh",
                        "-c",
                        $"until [ -e {mark} ]; do sleep 0.02; done; echo >{mark}.seen; "
                            + $"i=0; while [ $i -lt 500000 ]; do i=$((i+1)); done; echo >{done}; exec sleep 600",
                    ],
                }
            )
        );

        File.WriteAllText(mark, "");
        await Scene.EventuallyAsync(() => File.Exists($"{mark}.seen"), "the helper does not run");
        await Scene.TurnOffAsync();

        Assert.True(File.Exists(done));
    }

    [Fact]
    public async Task A_directory_that_was_made_for_nothing_is_removed_and_one_with_something_in_it_is_not()
    {
        var (empty, used) = (Path.Join(Scene.Files.Root, "made/empty"), Path.Join(Scene.Files.Root, "kept/used"));
        await Scene.StartAsync(
            With(
                new PlannedHelper
                {
                    Id = "journal",
                    Directories = [used, empty],
                    Argv = ["/bin/sh", "-c", $"echo >{used}/file; exec sleep 600"],
                }
            )
        );
        Assert.True(Directory.Exists(empty));
        await Scene.EventuallyAsync(() => File.Exists($"{used}/file"), "the helper does not run");

        await Scene.TurnOffAsync();

        Assert.False(Directory.Exists(Path.GetDirectoryName(empty)));
        Assert.True(File.Exists($"{used}/file"));
    }

    [Fact]
    public async Task A_socket_that_the_helper_makes_is_awaited()
    {
        var socket = Path.Join(Scene.Root, "vm", "fs.sock");
        // Its own QEMU-less listener: the starter's monitor passes one, which is renamed into place after a while.
        await Scene.StartAsync(
            With(
                new PlannedHelper
                {
                    Id = "virtiofsd-0",
                    ListenPath = socket + ".hidden",
                    Argv = ["/bin/sh", "-c", $"sleep 0.3; mv {socket}.hidden {socket}; exec sleep 600"],
                    AwaitSocket = socket,
                }
            )
        );

        Assert.True(File.Exists(socket));
        await Scene.TurnOffAsync();
    }

    [Fact]
    public async Task A_helper_that_dies_before_its_socket_is_there_is_quoted()
    {
        var error = await FailsAsync(
            new PlannedHelper
            {
                Id = "virtiofsd-0",
                Argv = ["/bin/sh", "-c", "echo unknown option --shared-dir >&2; exit 2"],
                AwaitSocket = Path.Join(Scene.Root, "vm", "fs.sock"),
            }
        );

        Assert.Equal("HelperFailed", error.ErrorId);
        Assert.Equal(2, error.ExitCode);
        Assert.Contains("unknown option --shared-dir", error.Message);
    }

    [Fact]
    public async Task The_end_of_an_essential_helper_ends_the_machine()
    {
        await Scene.StartAsync(
            With(new PlannedHelper { Id = "swtpm", Argv = ["/bin/sh", "-c", "sleep 1; echo chip on fire >&2; exit 5"] })
        );

        var ended = await Scene.WaitForExitAsync();

        Assert.Equal(MachineState.Failed, ended.State);
        Assert.Equal("HelperFailed", ended.Failure!.ErrorId);
        Assert.Equal(5, ended.Failure.ExitCode);
        Assert.Contains("chip on fire", ended.Failure.Output);
    }

    [Fact]
    public async Task The_end_of_another_helper_does_not()
    {
        await Scene.StartAsync(
            With(
                new PlannedHelper
                {
                    Id = "aside",
                    Argv = ["/bin/true"],
                    Essential = false,
                }
            )
        );

        await Task.Delay(300, Scene.Limit);

        Assert.Equal(MachineState.Running, Scene.Store.Find("vm")!.State);
        await Scene.TurnOffAsync();
    }

    [Fact]
    public async Task Descendants_of_a_helper_end_with_it()
    {
        var child = Path.Join(Scene.Root, "vm", "child");
        var started = await Scene.StartAsync(
            With(
                new PlannedHelper
                {
                    Id = "forking",
                    Argv = ["/bin/sh", "-c", $"sleep 600 & echo $! > {child}.new; mv {child}.new {child}; wait"],
                }
            )
        );
        await Scene.EventuallyAsync(() => File.Exists(child), "the helper has no child");
        var descendant = ProcessIdentity.Of(int.Parse(await File.ReadAllTextAsync(child, Scene.Limit)))!;

        await Scene.TurnOffAsync();

        Assert.False(started.Helpers[0].Process.IsAlive);
        await Scene.EventuallyAsync(() => !descendant.IsAlive, "the helper's child still runs");
    }

    private LaunchPlan With(PlannedHelper helper) => Scene.Plan() with { Helpers = [helper] };

    private Task<StartFailedException> FailsAsync(PlannedHelper helper) =>
        Assert.ThrowsAsync<StartFailedException>(() => Scene.StartAsync(With(helper)));
}
