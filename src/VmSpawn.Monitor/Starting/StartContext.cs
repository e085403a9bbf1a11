using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Supervision;

namespace VmSpawn.Monitor.Starting;

/// <summary>What every step of a start works with.</summary>
/// <param name="Loop">Where it runs.</param>
/// <param name="Children">Starts processes.</param>
/// <param name="Plan">What is carried out.</param>
/// <param name="Run">The run directory.</param>
/// <param name="Undo">Takes the undoing of every effect.</param>
/// <param name="State">The record.</param>
/// <param name="GivenUp">Cancelled when the start is given up.</param>
internal sealed record StartContext(
    EventLoop Loop,
    Children Children,
    LaunchPlan Plan,
    RunDirectory Run,
    UndoStack Undo,
    StateFile State,
    CancellationToken GivenUp
)
{
    /// <summary>True for a path in the run directory, which is removed as a whole.</summary>
    public bool IsInRunDirectory(string path) => path.StartsWith($"{Run.Path}/", StringComparison.Ordinal);
}
