namespace VmSpawn.Completion;

/// <summary>Completes a usual size of journals.</summary>
public sealed class JournalSizeCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        [("16M", "16 MiB"), ("64M", "64 MiB"), ("256M", "256 MiB"), ("1G", "1 GiB"), ("4G", "4 GiB")];
}
