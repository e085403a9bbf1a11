namespace VmSpawn.Completion;

/// <summary>Completes where state is kept; a path may stand there, too.</summary>
public sealed class StateCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        [("off", "Nowhere: it ends with the VM, the default"), ("auto", "In a file beside the image")];
}
