using System.Globalization;

namespace VmSpawn.Engine.Systemd;

/// <summary>Spans of time as systemd writes them (systemd.time(7)).</summary>
internal static class TimeSpanText
{
    /// <summary>Microseconds that stand for ever (<c>USEC_INFINITY</c>).</summary>
    public const ulong Infinity = ulong.MaxValue;

    private const double Second = 1e6;

    private static readonly Dictionary<string, double> Units = new(StringComparer.Ordinal)
    {
        [""] = Second,
        ["us"] = 1,
        ["usec"] = 1,
        ["µs"] = 1,
        ["ms"] = 1e3,
        ["msec"] = 1e3,
        ["s"] = Second,
        ["sec"] = Second,
        ["second"] = Second,
        ["seconds"] = Second,
        ["m"] = 60 * Second,
        ["min"] = 60 * Second,
        ["minute"] = 60 * Second,
        ["minutes"] = 60 * Second,
        ["h"] = 3600 * Second,
        ["hr"] = 3600 * Second,
        ["hour"] = 3600 * Second,
        ["hours"] = 3600 * Second,
        ["d"] = 86400 * Second,
        ["day"] = 86400 * Second,
        ["days"] = 86400 * Second,
        ["w"] = 7 * 86400 * Second,
        ["week"] = 7 * 86400 * Second,
        ["weeks"] = 7 * 86400 * Second,
    };

    /// <summary>Reads one or more numbers with units, such as <c>5min 20s</c>; a number alone is seconds.</summary>
    /// <param name="text">The text.</param>
    /// <param name="microseconds">The sum.</param>
    public static bool TryParse(string text, out ulong microseconds)
    {
        microseconds = Infinity;
        if (text == "infinity")
        {
            return true;
        }

        var sum = 0.0;
        var rest = text.AsSpan().Trim();
        var any = false;
        while (rest.Length > 0)
        {
            var digits = LengthOf(rest, letter => char.IsAsciiDigit(letter) || letter == '.');
            var number = rest[..digits];
            rest = rest[digits..].TrimStart();
            var letters = LengthOf(rest, char.IsLetter);
            var unit = rest[..letters].ToString();
            rest = rest[letters..].TrimStart();
            if (
                !double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
                || !Units.TryGetValue(unit, out var factor)
            )
            {
                return false;
            }

            sum += value * factor;
            any = true;
        }

        microseconds = (ulong)Math.Min(sum, ulong.MaxValue / 2);
        return any;
    }

    private static int LengthOf(ReadOnlySpan<char> text, Predicate<char> fits)
    {
        var length = 0;
        while (length < text.Length && fits(text[length]))
        {
            length++;
        }

        return length;
    }
}
