using System.Text;

namespace VmSpawn.Engine.Systemd;

/// <summary>Names of systemd's units (systemd.unit(5)).</summary>
internal static class UnitName
{
    /// <summary>Longest name of a unit in bytes.</summary>
    private const int LongestName = 255;

    /// <summary>
    /// A text as a part of a name, as systemd-escape(1) does it: <c>/</c> becomes <c>-</c>, and what cannot stand in a name,
    /// as well as <c>-</c> and a leading dot, becomes <c>\xHH</c> byte by byte.
    /// </summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            var letter = (char)value;
            if (letter == '/')
            {
                escaped.Append('-');
            }
            else if (char.IsAsciiLetterOrDigit(letter) || letter is ':' or '_' || (letter == '.' && escaped.Length > 0))
            {
                escaped.Append(letter);
            }
            else
            {
                escaped.Append($@"\x{value:x2}");
            }
        }

        return escaped.ToString();
    }

    /// <summary>True if a name may be a unit's: known letters, and a type behind the last dot.</summary>
    public static bool IsValid(string name)
    {
        var dot = name.LastIndexOf('.');
        return name.Length <= LongestName
            && dot > 0
            && name[(dot + 1)..]
                is "service"
                    or "socket"
                    or "target"
                    or "device"
                    or "mount"
                    or "automount"
                    or "swap"
                    or "timer"
                    or "path"
                    or "slice"
                    or "scope"
            && name.All(letter => char.IsAsciiLetterOrDigit(letter) || @":-_.\@".Contains(letter));
    }
}
