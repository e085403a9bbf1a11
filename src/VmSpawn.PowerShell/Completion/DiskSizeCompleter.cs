namespace VmSpawn.Completion;

/// <summary>Completes a usual size of a disk.</summary>
public sealed class DiskSizeCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        ((int[])[4, 8, 16, 32, 64, 128]).Select(size => ($"{size}G", $"{size} GiB"));
}
