using VmSpawn.Engine.Machines;

namespace VmSpawn.Monitor;

/// <summary>How a VM's life ended.</summary>
/// <param name="Reason">In QEMU's word where it has one, or <see langword="null"/>.</param>
/// <param name="Failure">Why it was no good end, or <see langword="null"/>.</param>
internal sealed record MachineEnd(string? Reason, MachineFailure? Failure)
{
    /// <summary>The final record.</summary>
    public MachineRecord Apply(MachineRecord record, TimeProvider time) =>
        record with
        {
            State = Failure is null ? MachineState.Stopped : MachineState.Failed,
            EndedAt = time.GetUtcNow(),
            ExitStatus = Failure is null ? record.Guest?.ExitStatus ?? 0 : null,
            EndReason = Reason,
            Failure = Failure,
        };
}
