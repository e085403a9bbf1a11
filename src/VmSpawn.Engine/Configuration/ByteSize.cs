using System.Numerics;

namespace VmSpawn.Engine.Configuration;

/// <summary>A number of bytes, in the manual page's grammar or in PowerShell's.</summary>
/// <param name="Bytes">The number of bytes.</param>
public readonly record struct ByteSize(ulong Bytes)
{
    private const string Blanks = " \t\n\r";
    private const string Hint =
        "Give bytes, or numbers with a suffix K, M, G, T, P or E in upper case and descending order, such as 512M, 1.5G or 1G512M.";

    // Exponents of 1024 by suffix, in the order in which terms may follow each other (the spec, section 1.1).
    private static readonly (char Suffix, int Power)[] Suffixes =
    [
        ('E', 6),
        ('P', 5),
        ('T', 4),
        ('G', 3),
        ('M', 2),
        ('K', 1),
        ('B', 0),
    ];

    /// <summary>The size in MiB, rounded up: the unit in which QEMU is told of memory.</summary>
    public ulong MebibytesRoundedUp => (Bytes / (1UL << 20)) + (Bytes % (1UL << 20) == 0 ? 0UL : 1UL);

    /// <summary>So many MiB.</summary>
    public static ByteSize FromMebibytes(ulong mebibytes) => new(checked(mebibytes << 20));

    /// <summary>
    /// Reads the manual page's grammar (base 1024): one or more terms with strictly descending suffixes, each a number
    /// with an optional fraction and an optional suffix from <c>E P T G M K B</c>.
    /// </summary>
    public static bool TryParse(string? text, out ByteSize value) => TryParse(text, out value, out _);

    /// <summary>As <see cref="TryParse(string?, out ByteSize)"/>, with a typed error that names the option.</summary>
    /// <param name="text">The text.</param>
    /// <param name="option">The option in the manual page's words, such as <c>ram</c>.</param>
    /// <param name="allowPowerShell">True to take PowerShell's <c>2GB</c>, <c>512mb</c> as well.</param>
    /// <exception cref="Errors.InvalidValueException">It is no size, or one above 2^64-1.</exception>
    public static ByteSize Parse(string? text, string option, bool allowPowerShell = false)
    {
        if (TryParse(text, out var value, out var reason))
        {
            return value;
        }

        if (allowPowerShell && TryParsePowerShell(text, out value))
        {
            return value;
        }

        throw ValueError.Create(option, text, reason, Hint);
    }

    /// <summary>Reads PowerShell's number with a multiplier, <c>2GB</c> or <c>1.5kb</c>, in any case.</summary>
    public static bool TryParsePowerShell(string? text, out ByteSize value)
    {
        value = default;
        if (text is null || text.Length < 3 || text[^1] is not ('b' or 'B') || !char.IsAsciiDigit(text[0]))
        {
            return false;
        }

        var suffix = char.ToUpperInvariant(text[^2]);
        return suffix is 'K' or 'M' or 'G' or 'T' or 'P'
            && text[..^2].All(c => char.IsAsciiDigit(c) || c == '.')
            && TryParse(text[..^2] + suffix, out value);
    }

    /// <summary>The shortest text that gives this size again, such as <c>512M</c>.</summary>
    public override string ToString()
    {
        foreach (var (suffix, power) in Suffixes)
        {
            var unit = 1UL << (10 * power);
            if (power > 0 && Bytes >= unit && Bytes % unit == 0)
            {
                return $"{Bytes / unit}{suffix}";
            }
        }

        return Bytes.ToString();
    }

    private static bool TryParse(string? text, out ByteSize value, out string reason)
    {
        value = default;
        if (string.IsNullOrEmpty(text))
        {
            reason = "it is empty";
            return false;
        }

        var position = 0;
        var firstSuffix = 0;
        var total = BigInteger.Zero;
        do
        {
            if (!TryReadTerm(text, ref position, ref firstSuffix, out var term, out reason))
            {
                return false;
            }

            total += term;
            if (total > ulong.MaxValue)
            {
                reason = "it is larger than 2^64-1 bytes";
                return false;
            }
        } while (position < text.Length);

        value = new ByteSize((ulong)total);
        return true;
    }

    private static bool TryReadTerm(
        string text,
        ref int position,
        ref int firstSuffix,
        out BigInteger term,
        out string reason
    )
    {
        term = BigInteger.Zero;
        reason = "it is no size";
        SkipBlanks(text, ref position);
        if (position < text.Length && text[position] == '-')
        {
            reason = "a size cannot be negative";
            return false;
        }

        if (position < text.Length && text[position] == '+')
        {
            position++;
        }

        var whole = ReadDigits(text, ref position);
        if (whole.Length == 0 || firstSuffix > Suffixes.Length)
        {
            return false;
        }

        var fraction = "";
        if (position < text.Length && text[position] == '.')
        {
            position++;
            fraction = ReadDigits(text, ref position);
        }

        SkipBlanks(text, ref position);
        if (!TryReadSuffix(text, ref position, ref firstSuffix, out var power))
        {
            reason = "its suffixes do not descend";
            return false;
        }

        var unit = BigInteger.One << (10 * power);
        term = BigInteger.Parse(whole) * unit;
        if (fraction.Length > 0)
        {
            term += BigInteger.Parse(fraction) * unit / BigInteger.Pow(10, fraction.Length);
        }

        return true;
    }

    // A number without suffix counts bytes and ends the list: nothing can follow it.
    private static bool TryReadSuffix(string text, ref int position, ref int firstSuffix, out int power)
    {
        power = 0;
        if (position < text.Length)
        {
            var letter = text[position];
            var index = Array.FindIndex(Suffixes, entry => entry.Suffix == letter);
            if (index >= 0)
            {
                if (index < firstSuffix)
                {
                    return false;
                }

                position++;
                power = Suffixes[index].Power;
                firstSuffix = index + 1;
                return true;
            }
        }

        firstSuffix = Suffixes.Length + 1;
        return true;
    }

    private static string ReadDigits(string text, ref int position)
    {
        var start = position;
        while (position < text.Length && char.IsAsciiDigit(text[position]))
        {
            position++;
        }

        return text[start..position];
    }

    private static void SkipBlanks(string text, ref int position)
    {
        while (position < text.Length && Blanks.Contains(text[position]))
        {
            position++;
        }
    }
}
