using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace VmSpawn.Engine.Configuration;

/// <summary>C escapes in text, which may stand for any byte (the spec, section 6.2).</summary>
internal static class CEscape
{
    /// <summary>The UTF-8 bytes of a text with its escapes decoded; false for an unknown or unfinished escape.</summary>
    public static bool TryDecode(string text, out ImmutableArray<byte> bytes)
    {
        var result = new List<byte>(text.Length);
        var position = 0;
        while (position < text.Length)
        {
            if (text[position] != '\\')
            {
                var end = text.IndexOf('\\', position) is var next and >= 0 ? next : text.Length;
                result.AddRange(Encoding.UTF8.GetBytes(text[position..end]));
                position = end;
            }
            else if (!TryDecodeOne(text, ref position, result))
            {
                bytes = [];
                return false;
            }
        }

        bytes = [.. result];
        return true;
    }

    /// <summary>Decodes the escape that begins at a backslash, and moves behind it.</summary>
    public static bool TryDecodeOne(string text, ref int position, List<byte> result)
    {
        var letter = position + 1 < text.Length ? text[position + 1] : '\0';
        var start = position + 2;
        switch (letter)
        {
            case 'x':
                return TryNumber(text, start, 2, 16, out var hex) && Append([(byte)hex], ref position, 4, result);
            case >= '0' and <= '7':
                return TryNumber(text, start - 1, 3, 8, out var octal)
                    && octal <= byte.MaxValue
                    && Append([(byte)octal], ref position, 4, result);
            case 'u':
                return TryNumber(text, start, 4, 16, out var basic)
                    && Rune.TryCreate(basic, out var shortRune)
                    && Append(Encoding.UTF8.GetBytes(shortRune.ToString()), ref position, 6, result);
            case 'U':
                return TryNumber(text, start, 8, 16, out var full)
                    && Rune.TryCreate(full, out var longRune)
                    && Append(Encoding.UTF8.GetBytes(longRune.ToString()), ref position, 10, result);
        }

        var index = "abfnrtvs\\\"'".IndexOf(letter, StringComparison.Ordinal);
        return index >= 0 && letter != '\0' && Append([(byte)"\a\b\f\n\r\t\v \\\"'"[index]], ref position, 2, result);
    }

    private static bool Append(byte[] bytes, ref int position, int length, List<byte> result)
    {
        result.AddRange(bytes);
        position += length;
        return true;
    }

    private static bool TryNumber(string text, int start, int length, int numberBase, out uint value)
    {
        value = 0;
        if (start + length > text.Length)
        {
            return false;
        }

        foreach (var c in text.AsSpan(start, length))
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return false;
            }

            var digit = uint.Parse([c], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (digit >= numberBase)
            {
                return false;
            }

            value = (value * (uint)numberBase) + digit;
        }

        return true;
    }
}
