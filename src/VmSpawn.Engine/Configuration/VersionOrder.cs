namespace VmSpawn.Engine.Configuration;

/// <summary>
/// Order of version texts by the UAPI Group's version format specification (UAPI.10), older before newer:
/// <c>6.1~rc1</c>, <c>6.1</c>, <c>6.1-2</c>, <c>6.1^post1</c>, <c>6.1.1</c>, <c>6.10</c>. Boot entries and partition
/// labels are ordered with it. Where the specification's text and the order that systemd's tools have differ (the
/// caret, the tilde at the end of the other text), the latter counts, because guests are built with those tools.
/// </summary>
public sealed class VersionOrder : IComparer<string>
{
    private VersionOrder() { }

    /// <summary>The one order.</summary>
    public static VersionOrder Instance { get; } = new();

    /// <summary>Negative if <paramref name="x"/> is the older one, positive if it is the newer one; a missing text is the oldest.</summary>
    public int Compare(string? x, string? y)
    {
        var a = (x ?? "").AsSpan();
        var b = (y ?? "").AsSpan();
        while (true)
        {
            a = SkipSeparators(a);
            b = SkipSeparators(b);

            // A tilde makes older than everything, even than the end of the text.
            if (Mark(ref a, ref b, '~') is var tilde and not 0)
            {
                return tilde < 0 ? -1 : 1;
            }

            if (a.IsEmpty || b.IsEmpty)
            {
                return b.IsEmpty.CompareTo(a.IsEmpty);
            }

            if (CompareSegment(ref a, ref b) is var result and not 0)
            {
                return result;
            }
        }
    }

    private static int CompareSegment(ref ReadOnlySpan<char> a, ref ReadOnlySpan<char> b)
    {
        if (Mark(ref a, ref b, '-') is var dash and not 0)
        {
            return dash;
        }

        if (Mark(ref a, ref b, '^') is var caret and not 0)
        {
            return caret;
        }

        if (Mark(ref a, ref b, '.') is var dot and not 0)
        {
            return dot;
        }

        return StartsWithDigit(a) || StartsWithDigit(b) ? CompareNumbers(ref a, ref b) : CompareLetters(ref a, ref b);
    }

    /// <summary>Skips a mark that both begin with; -1 if only the first does, 1 if only the second does.</summary>
    private static int Mark(ref ReadOnlySpan<char> a, ref ReadOnlySpan<char> b, char mark)
    {
        var inA = a.StartsWith(mark);
        var inB = b.StartsWith(mark);
        if (inA && inB)
        {
            a = a[1..];
            b = b[1..];
        }

        return inB.CompareTo(inA);
    }

    private static int CompareNumbers(ref ReadOnlySpan<char> a, ref ReadOnlySpan<char> b)
    {
        var numberA = TakeWhile(ref a, char.IsAsciiDigit);
        var numberB = TakeWhile(ref b, char.IsAsciiDigit);
        if (numberA.IsEmpty != numberB.IsEmpty)
        {
            return numberB.IsEmpty ? 1 : -1;
        }

        // Numbers of any length: without leading zeros the longer one is the bigger one.
        numberA = numberA.TrimStart('0');
        numberB = numberB.TrimStart('0');
        return numberA.Length != numberB.Length
            ? numberA.Length.CompareTo(numberB.Length)
            : Sign(numberA.SequenceCompareTo(numberB));
    }

    private static int CompareLetters(ref ReadOnlySpan<char> a, ref ReadOnlySpan<char> b)
    {
        var lettersA = TakeWhile(ref a, char.IsAsciiLetter);
        var lettersB = TakeWhile(ref b, char.IsAsciiLetter);
        return Sign(lettersA.SequenceCompareTo(lettersB));
    }

    private static int Sign(int comparison) => Math.Sign(comparison);

    private static bool StartsWithDigit(ReadOnlySpan<char> text) => !text.IsEmpty && char.IsAsciiDigit(text[0]);

    private static ReadOnlySpan<char> SkipSeparators(ReadOnlySpan<char> text)
    {
        var i = 0;
        while (i < text.Length && !char.IsAsciiLetterOrDigit(text[i]) && text[i] is not ('~' or '-' or '^' or '.'))
        {
            i++;
        }

        return text[i..];
    }

    private static ReadOnlySpan<char> TakeWhile(ref ReadOnlySpan<char> text, Func<char, bool> belongs)
    {
        var i = 0;
        while (i < text.Length && belongs(text[i]))
        {
            i++;
        }

        var taken = text[..i];
        text = text[i..];
        return taken;
    }
}
