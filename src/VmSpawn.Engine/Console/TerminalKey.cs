using System.Globalization;
using System.Text;
using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Console;

/// <summary>Keys of a terminal by name, and what they send (xterm's "ctlseqs", VT220 style).</summary>
public static class TerminalKey
{
    private static readonly SortedDictionary<string, string> Sequences = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Enter"] = "\r",
        ["Tab"] = "\t",
        ["Escape"] = "\e",
        ["Space"] = " ",
        ["Backspace"] = "\x7f",
        ["Up"] = "\e[A",
        ["Down"] = "\e[B",
        ["Right"] = "\e[C",
        ["Left"] = "\e[D",
        ["Home"] = "\e[1~",
        ["Insert"] = "\e[2~",
        ["Delete"] = "\e[3~",
        ["End"] = "\e[4~",
        ["PageUp"] = "\e[5~",
        ["PageDown"] = "\e[6~",
        ["F1"] = "\eOP",
        ["F2"] = "\eOQ",
        ["F3"] = "\eOR",
        ["F4"] = "\eOS",
        ["F5"] = "\e[15~",
        ["F6"] = "\e[17~",
        ["F7"] = "\e[18~",
        ["F8"] = "\e[19~",
        ["F9"] = "\e[20~",
        ["F10"] = "\e[21~",
        ["F11"] = "\e[23~",
        ["F12"] = "\e[24~",
    };

    /// <summary>Names of the keys, without those with Ctrl.</summary>
    public static IEnumerable<string> Names => Sequences.Keys;

    /// <summary>What a key sends: one of <see cref="Names"/>, or <c>Ctrl-</c> with a letter or one of <c>@[\]^_</c>.</summary>
    /// <exception cref="Errors.InvalidValueException"><c>InvalidKey</c>: there is no such key.</exception>
    public static byte[] Parse(string? text)
    {
        if (text is not null && Sequences.TryGetValue(text, out var sequence))
        {
            return Encoding.ASCII.GetBytes(sequence);
        }

        if (
            text?.Length == 6
            && text[..5].ToUpperInvariant() is "CTRL-" or "CTRL+"
            && char.ToUpper(text[5], CultureInfo.InvariantCulture) is >= '@' and <= '_' and var control
        )
        {
            return [(byte)(control - '@')];
        }

        throw ValueError.Create(
            "key",
            text,
            "there is no such key",
            $"Use Ctrl- with a letter, or one of {string.Join(", ", Names)}."
        );
    }
}
