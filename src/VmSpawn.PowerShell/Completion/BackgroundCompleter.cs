namespace VmSpawn.Completion;

/// <summary>Completes a tint of the terminal.</summary>
public sealed class BackgroundCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        [
            ("40", "Black"),
            ("41", "Red"),
            ("42", "Green"),
            ("43", "Yellow"),
            ("44", "Blue"),
            ("45", "Magenta"),
            ("46", "Cyan"),
            ("47", "White"),
            ("48;5;22", "Dark green, of 256 colours"),
            ("48;2;0;48;24", "Dark green by its red, green and blue"),
        ];
}
