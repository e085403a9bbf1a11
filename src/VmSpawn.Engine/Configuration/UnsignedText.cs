namespace VmSpawn.Engine.Configuration;

/// <summary>Unsigned 32-bit numbers as the original reads them (the spec, section 1.1).</summary>
internal static class UnsignedText
{
    /// <summary>
    /// Reads decimal, <c>0x</c> hexadecimal, <c>0b</c> binary, and <c>0o</c> or a leading 0 for octal, behind optional
    /// blanks and an optional plus sign.
    /// </summary>
    public static bool TryParse(string? text, out uint value)
    {
        value = 0;
        var rest = (text ?? "").TrimStart(' ', '\t', '\n', '\r').AsSpan();
        if (rest.StartsWith('+'))
        {
            rest = rest[1..];
        }

        var numberBase = 10u;
        if (rest.Length > 1 && rest[0] == '0')
        {
            (numberBase, var skipped) = rest[1] switch
            {
                'x' or 'X' => (16u, 2),
                'b' or 'B' => (2u, 2),
                'o' or 'O' => (8u, 2),
                _ => (8u, 1),
            };
            rest = rest[skipped..];
        }

        var sum = 0UL;
        foreach (var c in rest)
        {
            if (!char.IsAsciiHexDigit(c) || (uint)Convert.ToInt32(c.ToString(), 16) is var digit && digit >= numberBase)
            {
                return false;
            }

            sum = (sum * numberBase) + digit;
            if (sum > uint.MaxValue)
            {
                return false;
            }
        }

        value = (uint)sum;
        return rest.Length > 0;
    }
}
