namespace VmSpawn.Completion;

/// <summary>Completes how the console is offered.</summary>
public sealed class ConsoleModeCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        [
            ("Interactive", "Read and typed on from the terminal, the default"),
            ("ReadOnly", "Only read; the keyboard stays the shell's"),
            ("Native", "QEMU's own, with its monitor behind Ctrl-a c"),
            ("Gui", "A window of QEMU's, or VNC with -Vnc"),
            ("Headless", "No console device at all"),
        ];
}
