namespace VmSpawn.Completion;

/// <summary>Completes a choice between on and off.</summary>
public sealed class BooleanCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        [("yes", "On"), ("no", "Off")];
}
