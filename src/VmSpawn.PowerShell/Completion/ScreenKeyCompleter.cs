using VmSpawn.Engine.Display;

namespace VmSpawn.Completion;

/// <summary>Completes keys of a keyboard.</summary>
public sealed class ScreenKeyCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        [
            ("ctrl-alt-delete", "Reboots many systems"),
            ("ctrl-alt-f2", "The second terminal of Linux"),
            .. ScreenKey.Names.Select(name => (name, $"The key {name}")),
        ];
}
