using System.Text;

namespace VmSpawn.Engine.Systemd;

/// <summary>Words in unit files (systemd.syntax(7), systemd.service(5)).</summary>
internal static class UnitText
{
    /// <summary>
    /// A word of a command line: in quotes, with C escapes for what cannot stand in a line, and with the signs doubled that
    /// begin specifiers (<c>%</c>) and variables (<c>$</c>).
    /// </summary>
    public static string CommandWord(string text) => Quote(text, isCommand: true);

    /// <summary>A word of a setting, such as a path: as <see cref="CommandWord"/>, but <c>$</c> means itself there.</summary>
    public static string Word(string text) => Quote(text, isCommand: false);

    /// <summary>A whole line of text, such as a description: specifiers are meant as they stand.</summary>
    public static string Line(string text) =>
        string.Concat(text.Where(letter => !char.IsControl(letter))).Replace("%", "%%", StringComparison.Ordinal);

    private static string Quote(string text, bool isCommand)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
        {
            quoted.Append(
                letter switch
                {
                    '"' => "\\\"",
                    '\\' => @"\\",
                    '%' => "%%",
                    '$' when isCommand => "$$",
                    '\n' => "\\n",
                    '\r' => "\\r",
                    '\t' => "\\t",
                    < ' ' or '\x7f' => $@"\x{(int)letter:x2}",
                    _ => letter.ToString(),
                }
            );
        }

        return quoted.Append('"').ToString();
    }
}
