namespace VmSpawn.Completion;

/// <summary>Completes a priority of journal entries.</summary>
public sealed class PriorityCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        [
            ("emerg", "0: the system is unusable"),
            ("alert", "1: something must be done at once"),
            ("crit", "2: critical"),
            ("err", "3: an error"),
            ("warning", "4: a warning"),
            ("notice", "5: normal, but significant"),
            ("info", "6: for information"),
            ("debug", "7: for those who look for mistakes"),
        ];
}
