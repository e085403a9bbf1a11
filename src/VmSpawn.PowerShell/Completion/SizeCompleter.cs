namespace VmSpawn.Completion;

/// <summary>Completes a usual size of memory.</summary>
public sealed class SizeCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        [
            ("256M", "256 MiB"),
            ("512M", "512 MiB"),
            ("1G", "1 GiB"),
            ("2G", "2 GiB, the default"),
            ("4G", "4 GiB"),
            ("8G", "8 GiB"),
            ("16G", "16 GiB"),
        ];
}
