using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Planning;
using Xunit;

namespace VmSpawn.Engine.Tests.Supervision;

/// <summary>Processes that helpers start and leave behind.</summary>
public sealed class OrphanTests : SceneTests
{
    [Fact]
    public async Task A_daemon_in_a_session_of_its_own_ends_with_the_machine()
    {
        var file = Path.Join(Scene.Root, "vm", "daemon");
        await Scene.StartAsync(
            With($"setsid sh -c 'echo $$ > {file}.new; mv {file}.new {file}; exec sleep 600' & exec sleep 600")
        );
        await Scene.EventuallyAsync(() => File.Exists(file), "the daemon did not start");
        var daemon = ProcessIdentity.Of(int.Parse(await File.ReadAllTextAsync(file, Scene.Limit)))!;

        await Scene.TurnOffAsync();

        Assert.False(daemon.IsAlive);
    }

    [Fact]
    public async Task A_preparation_that_waits_for_its_daemon_to_vanish_sees_it_vanish()
    {
        // A process that nobody reaps stays there for kill -0.
        var helper = new PlannedHelper
        {
            Id = "tpm",
            Prepare =
            [
                [
                    "/bin/sh",
                    "-c",
                    """
                        id=$( (sleep 0.2 >/dev/null & echo $!) )
                        for i in $(seq 40); do kill -0 $id 2>/dev/null || exit 0; sleep 0.05; done
                        echo "process $id is still there" >&2
                        exit 1
                        """,
                ],
            ],
            Argv = ["/bin/sleep", "600"],
        };

        await Scene.StartAsync(Scene.Plan() with { Helpers = [helper] });

        await Scene.TurnOffAsync();
    }

    private LaunchPlan With(string script) =>
        Scene.Plan() with
        {
            Helpers = [new PlannedHelper { Id = "aside", Argv = ["/bin/sh", "-c", script] }],
        };
}
