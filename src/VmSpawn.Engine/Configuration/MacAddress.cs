using System.Globalization;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Configuration;

/// <summary>A hardware address of six bytes.</summary>
public readonly record struct MacAddress
{
    private readonly ulong bits;

    private MacAddress(ulong value) => bits = value;

    /// <summary>True for all zeros, which counts as not given.</summary>
    public bool IsZero => bits == 0;

    /// <summary>Takes six bytes, the first in the highest place.</summary>
    public static MacAddress FromBytes(ReadOnlySpan<byte> bytes)
    {
        var value = 0UL;
        foreach (var b in bytes[..6])
        {
            value = (value << 8) | b;
        }

        return new MacAddress(value);
    }

    /// <summary>
    /// Reads six hexadecimal numbers of one or two digits with colons or dashes, or three of one to four digits with
    /// dots (the spec, section 1.4).
    /// </summary>
    public static bool TryParse(string? text, out MacAddress value)
    {
        value = default;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        var separator = text.IndexOfAny([':', '-', '.']) is var index and >= 0 ? text[index] : ':';
        var (count, digits, shift) = separator == '.' ? (3, 4, 16) : (6, 2, 8);
        var parts = text.Split(separator);
        if (parts.Length != count)
        {
            return false;
        }

        var sum = 0UL;
        foreach (var part in parts)
        {
            if (part.Length == 0 || part.Length > digits || !part.All(char.IsAsciiHexDigit))
            {
                return false;
            }

            sum = (sum << shift) | ulong.Parse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }

        value = new MacAddress(sum);
        return true;
    }

    /// <summary>As <see cref="TryParse"/>, with a typed error.</summary>
    /// <param name="text">The text.</param>
    /// <param name="option">Where it comes from, such as an environment variable.</param>
    /// <exception cref="InvalidValueException">It is no hardware address.</exception>
    public static MacAddress Parse(string? text, string option = "mac") =>
        TryParse(text, out var value)
            ? value
            : throw new InvalidValueException(
                "InvalidMac",
                option,
                text,
                "it is no MAC address",
                "Use a form such as 52:54:00:12:34:56."
            );

    /// <summary>Lower case with colons.</summary>
    public override string ToString()
    {
        var value = bits;
        return string.Join(
            ':',
            Enumerable
                .Range(0, 6)
                .Select(i => ((value >> (40 - (8 * i))) & 0xff).ToString("x2", CultureInfo.InvariantCulture))
        );
    }
}
