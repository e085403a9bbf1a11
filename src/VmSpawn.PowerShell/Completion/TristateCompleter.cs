namespace VmSpawn.Completion;

/// <summary>Completes a choice between on, off and automatic.</summary>
public sealed class TristateCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        [
            ("auto", "As the host allows; -Verbose says what was decided and why"),
            ("yes", "Demanded: an error if it cannot be had"),
            ("no", "Never"),
        ];
}
