namespace VmSpawn.Completion;

/// <summary>Completes where the display is served.</summary>
public sealed class VncCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        [
            ("unix", "A socket in the run directory, for this user alone"),
            ("127.0.0.1:5900", "A port of this host, for all its users"),
        ];
}
