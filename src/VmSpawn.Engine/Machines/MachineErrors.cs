using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Machines;

/// <summary>What can be wrong with a VM that was named.</summary>
internal static class MachineErrors
{
    /// <summary>There never was one, or nothing is kept of it.</summary>
    public static VmSpawnException NotFound(string name) =>
        new(
            "MachineNotFound",
            VmErrorKind.NotFound,
            $"There is no VM named '{name}'.",
            name,
            "Get-VmSpawn lists those there are; VMs of other users are not among them."
        );

    /// <summary>It has ended before it was ready.</summary>
    public static VmSpawnException EndedBeforeReady(MachineRecord record) =>
        new(
            "MachineEnded",
            VmErrorKind.NotFound,
            $"The VM '{record.Name}' has ended before it was ready"
                + (record.Failure is { } failure ? $": {failure.Message}" : "."),
            record.Name,
            "Its console log may tell why: look at ConsoleLog of Get-VmSpawn's object."
        );

    /// <summary>Its guest has no way to say that it is ready.</summary>
    public static VmSpawnException CannotTellReady(string name) =>
        new(
            "MachineCannotTellReady",
            VmErrorKind.ConflictingArguments,
            $"The guest of the VM '{name}' has no way to say that it is ready.",
            name,
            "Start the VM with another -NotifyTransport than none, or wait for Running."
        );

    /// <summary>It was waited for in vain.</summary>
    /// <param name="name">Name of the VM.</param>
    /// <param name="condition">What was waited for.</param>
    /// <param name="time">How long.</param>
    /// <param name="last">The VM as it was in the end, or <see langword="null"/> if that is not known.</param>
    public static VmSpawnException WaitTimedOut(
        string name,
        WaitCondition condition,
        TimeSpan time,
        MachineRecord? last
    ) =>
        new(
            "WaitTimedOut",
            VmErrorKind.Timeout,
            $"The VM '{name}' "
                + condition switch
                {
                    WaitCondition.Exit => "has not ended",
                    WaitCondition.Running => "has not run",
                    _ => "has not become ready",
                }
                + $" within {time.TotalSeconds} seconds."
                + (last is null ? "" : $" It is {Describe(last)}."),
            name,
            condition is WaitCondition.Ready
                ? "Give it more time with -Timeout, and look at its console log; a guest without systemd has to say so by itself."
                : null
        );

    private static string Describe(MachineRecord record)
    {
        var state = record.State.ToString().ToLowerInvariant();
        return record.Guest?.Status is { } status ? $"{state}, and its guest says: {status}" : state;
    }

    /// <summary>It has ended already.</summary>
    public static VmSpawnException Ended(string name) =>
        new("MachineEnded", VmErrorKind.NotFound, $"The VM '{name}' has ended.", name);
}
