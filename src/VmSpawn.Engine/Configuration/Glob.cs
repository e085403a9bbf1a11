namespace VmSpawn.Engine.Configuration;

/// <summary>
/// Shell patterns as in fnmatch(3) without flags: <c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>[!a]</c> and <c>\</c> to take a
/// character literally. Time is at worst the product of both lengths.
/// </summary>
internal static class Glob
{
    /// <summary>True if the whole text matches.</summary>
    public static bool Matches(string pattern, string text, bool ignoreCase = false)
    {
        if (ignoreCase)
        {
            pattern = pattern.ToLowerInvariant();
            text = text.ToLowerInvariant();
        }

        var (p, t) = (0, 0);
        var (starPattern, starText) = (-1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (starPattern, starText) = (++p, t);
            }
            else if (p < pattern.Length && MatchesOne(pattern, p, text[t], out var next))
            {
                p = next;
                t++;
            }
            else if (starPattern >= 0)
            {
                // Only the last star need take more: what the earlier ones took can stay as it is.
                (p, t) = (starPattern, ++starText);
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }

    private static bool MatchesOne(string pattern, int at, char c, out int next)
    {
        switch (pattern[at])
        {
            case '?':
                next = at + 1;
                return true;
            case '[' when FindClassEnd(pattern, at) is var end and > 0:
                next = end + 1;
                return InClass(pattern.AsSpan(at + 1, end - at - 1), c);
            case '\\' when at + 1 < pattern.Length:
                next = at + 2;
                return pattern[at + 1] == c;
            default:
                next = at + 1;
                return pattern[at] == c;
        }
    }

    /// <summary>Place of the bracket that closes the class, or -1: then the opening one is an ordinary character.</summary>
    private static int FindClassEnd(string pattern, int start)
    {
        var first = start + 1;
        if (first < pattern.Length && pattern[first] is '!' or '^')
        {
            first++;
        }

        // A bracket in the first place stands for itself.
        return first + 1 < pattern.Length ? pattern.IndexOf(']', first + 1) : -1;
    }

    private static bool InClass(ReadOnlySpan<char> members, char c)
    {
        var negated = members[0] is '!' or '^';
        members = members[(negated ? 1 : 0)..];
        for (var i = 0; i < members.Length; i++)
        {
            var last = i + 2 < members.Length && members[i + 1] == '-' ? i + 2 : i;
            if (c >= members[i] && c <= members[last])
            {
                return !negated;
            }

            i = last;
        }

        return negated;
    }
}
