using VmSpawn.Engine.Console;

namespace VmSpawn.Completion;

/// <summary>Completes a key of a terminal.</summary>
public sealed class ConsoleKeyCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        [
            .. TerminalKey.Names.Select(name => (name, $"The key {name}")),
            ("Ctrl-C", "Interrupts a program"),
            ("Ctrl-D", "Ends the input"),
        ];
}
