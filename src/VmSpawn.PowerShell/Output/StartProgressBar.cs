using System.Management.Automation;
using VmSpawn.Engine.Supervision;
using VmSpawn.Pipeline;

namespace VmSpawn.Output;

/// <summary>Shows how far a start has come as PowerShell's progress bar; disposing it takes the bar away.</summary>
internal sealed class StartProgressBar(EngineContext context, string name) : IProgress<StartProgress>, IDisposable
{
    // One bar per VM would pile up in a loop of starts; each takes the place of the one before.
    private const int ActivityId = 0;

    private readonly string _activity = $"Starting the VM '{name}'";

    /// <inheritdoc/>
    public void Report(StartProgress value) =>
        context.Progress(
            new ProgressRecord(ActivityId, _activity, value.Activity) { PercentComplete = PercentAt(value.Phase) }
        );

    /// <inheritdoc/>
    public void Dispose() =>
        context.Progress(
            new ProgressRecord(ActivityId, _activity, "Done") { RecordType = ProgressRecordType.Completed }
        );

    // A start takes most of its time waiting for QEMU, the rest is a matter of milliseconds.
    private static int PercentAt(StartPhase phase) =>
        phase switch
        {
            StartPhase.Reserving => 10,
            StartPhase.Preparing => 20,
            StartPhase.StartingHelpers => 40,
            StartPhase.WaitingForQemu => 60,
            _ => 100,
        };
}
