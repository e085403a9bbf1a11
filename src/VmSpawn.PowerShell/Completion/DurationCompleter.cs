namespace VmSpawn.Completion;

/// <summary>Completes a usual time to wait.</summary>
public sealed class DurationCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        [("10s", "10 seconds"), ("30s", "30 seconds"), ("1m", "A minute"), ("5m", "5 minutes"), ("1h", "An hour")];
}
