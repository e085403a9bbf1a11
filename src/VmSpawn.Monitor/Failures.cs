using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;

namespace VmSpawn.Monitor;

/// <summary>Exceptions as what is recorded and reported.</summary>
internal static class Failures
{
    /// <summary>A failure in the words of its exception.</summary>
    public static MachineFailure Describe(Exception exception) =>
        exception switch
        {
            StartFailedException e => new MachineFailure(e.ErrorId, e.Message, e.Output, e.ExitCode, e.Hint),
            VmSpawnException e => new MachineFailure(e.ErrorId, e.Message, "", null, e.Hint),
            // A mistake of ours: where it happened is worth more than its name.
            _ => new MachineFailure(
                "MonitorFailed",
                $"The supervisor failed: {exception.Message} ({exception.GetType().Name}).",
                exception.StackTrace ?? "",
                null,
                "Please report this, with the output."
            ),
        };

    /// <summary>The sort of a failure.</summary>
    public static VmErrorKind KindOf(Exception exception) =>
        exception is VmSpawnException e ? e.Kind : VmErrorKind.Failed;
}
