using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;

namespace VmSpawn.Engine.Supervision;

/// <summary>A line on the report channel: one of its parts.</summary>
internal sealed record ReportMessage
{
    /// <summary>A step begins.</summary>
    public StartProgress? Progress { get; init; }

    /// <summary>The VM runs.</summary>
    public MachineRecord? Ready { get; init; }

    /// <summary>It did not come up, and everything has been undone.</summary>
    public MachineFailure? Failure { get; init; }

    /// <summary>Sort of the failure.</summary>
    public VmErrorKind FailureKind { get; init; }

    /// <summary>True if the start was given up as asked, and everything has been undone.</summary>
    public bool IsCancelled { get; init; }
}
