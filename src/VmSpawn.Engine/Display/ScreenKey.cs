using System.Collections.Immutable;
using System.Globalization;
using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Display;

/// <summary>
/// Keys of a keyboard in QEMU's names (QMP, <c>QKeyCode</c>), and which of them write a text on a keyboard of the United
/// States: the guest applies the layout that it has itself.
/// </summary>
public static class ScreenKey
{
    private const string Shift = "shift";

    private static readonly Dictionary<string, string> Others = new(StringComparer.Ordinal)
    {
        ["enter"] = "ret",
        ["return"] = "ret",
        ["escape"] = "esc",
        ["del"] = "delete",
        ["ins"] = "insert",
        ["space"] = "spc",
        ["pageup"] = "pgup",
        ["pagedown"] = "pgdn",
        ["super"] = "meta_l",
        ["win"] = "meta_l",
        ["control"] = "ctrl",
    };

    private static readonly string[] Named =
    [
        "ctrl",
        "ctrl_r",
        Shift,
        "shift_r",
        "alt",
        "alt_r",
        "meta_l",
        "meta_r",
        "ret",
        "esc",
        "tab",
        "spc",
        "backspace",
        "delete",
        "insert",
        "home",
        "end",
        "pgup",
        "pgdn",
        "up",
        "down",
        "left",
        "right",
        "print",
        "sysrq",
        "pause",
        "menu",
        "caps_lock",
        "num_lock",
        "scroll_lock",
        "minus",
        "equal",
        "comma",
        "dot",
        "slash",
        "semicolon",
        "apostrophe",
        "backslash",
        "grave_accent",
        "bracket_left",
        "bracket_right",
        "power",
        "sleep",
        "wake",
    ];

    // Each key, as it writes alone and with Shift.
    private static readonly (string Key, char Plain, char Shifted)[] Layout =
    [
        ("spc", ' ', ' '),
        ("ret", '\n', '\n'),
        ("tab", '\t', '\t'),
        ("minus", '-', '_'),
        ("equal", '=', '+'),
        ("comma", ',', '<'),
        ("dot", '.', '>'),
        ("slash", '/', '?'),
        ("semicolon", ';', ':'),
        ("apostrophe", '\'', '"'),
        ("backslash", '\\', '|'),
        ("grave_accent", '`', '~'),
        ("bracket_left", '[', '{'),
        ("bracket_right", ']', '}'),
        ("1", '1', '!'),
        ("2", '2', '@'),
        ("3", '3', '#'),
        ("4", '4', '$'),
        ("5", '5', '%'),
        ("6", '6', '^'),
        ("7", '7', '&'),
        ("8", '8', '*'),
        ("9", '9', '('),
        ("0", '0', ')'),
    ];

    /// <summary>Names of the keys that are not letters or digits.</summary>
    public static IEnumerable<string> Names => [.. Named, .. Enumerable.Range(1, 12).Select(FunctionKey)];

    /// <summary>Reads keys that are pressed together, such as <c>ctrl-alt-f2</c>.</summary>
    /// <exception cref="Errors.InvalidValueException"><c>InvalidScreenKey</c>: a part of it is no key.</exception>
    public static ImmutableArray<string> Parse(string? text)
    {
        var words = (text ?? "").ToLowerInvariant().Split('-', '+');
        var keys = words.Select(word => Others.GetValueOrDefault(word, word)).ToImmutableArray();
        var wrong = keys.FirstOrDefault(key => !IsKey(key));
        return wrong is null
            ? keys
            : throw ValueError.Create(
                "screen-key",
                text,
                $"'{wrong}' is no key",
                $"Join keys with '-', as in ctrl-alt-f2: letters, digits, and {string.Join(", ", Names)}."
            );
    }

    /// <summary>The keys, one press after another, that write a text.</summary>
    /// <exception cref="Errors.InvalidValueException"><c>InvalidScreenText</c>: no key of that keyboard writes a character of it.</exception>
    public static IEnumerable<ImmutableArray<string>> ParseText(string text) =>
        text.ReplaceLineEndings("\n").Select(c => Press(c, text)).ToList();

    private static ImmutableArray<string> Press(char c, string text)
    {
        if (char.IsAsciiLetter(c))
        {
            var letter = char.ToLowerInvariant(c).ToString();
            return char.IsAsciiLetterUpper(c) ? [Shift, letter] : [letter];
        }

        foreach (var (key, plain, shifted) in Layout)
        {
            if (c == plain)
            {
                return [key];
            }

            if (c == shifted)
            {
                return [Shift, key];
            }
        }

        throw ValueError.Create(
            "screen-text",
            text,
            $"no key of a keyboard of the United States writes '{c}'",
            "Type it on the console instead, with Send-VmConsole."
        );
    }

    private static bool IsKey(string word) =>
        (word.Length == 1 && char.IsAsciiLetterOrDigit(word[0])) || Names.Contains(word);

    private static string FunctionKey(int number) => string.Create(CultureInfo.InvariantCulture, $"f{number}");
}
