namespace VmSpawn.Completion;

/// <summary>Completes a usual number of journal files.</summary>
public sealed class JournalFilesCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        [("10", "10 files"), ("100", "100 files"), ("1000", "1000 files")];
}
