using System.Text;

namespace VmSpawn.Engine.Console;

/// <summary>What a line looks like when a terminal has shown it, without colours and the like.</summary>
public static class PlainText
{
    /// <summary>
    /// Takes control sequences and control characters out. A carriage return within the line begins it anew, as progress
    /// lines do; a backspace takes a character back.
    /// </summary>
    /// <param name="line">UTF-8; what is none becomes U+FFFD.</param>
    public static string Of(ReadOnlySpan<byte> line)
    {
        var source = Encoding.UTF8.GetString(line);
        var text = new StringBuilder(source.Length);
        for (var i = 0; i < source.Length; i++)
        {
            switch (source[i])
            {
                case '\e':
                    i = EndOfSequence(source, i);
                    break;
                case '\r':
                    if (HasMore(source, i + 1))
                    {
                        text.Clear();
                    }

                    break;
                case '\b':
                    text.Length = Math.Max(0, text.Length - 1);
                    break;
                case '\t':
                    text.Append('\t');
                    break;
                case var c when !char.IsControl(c):
                    text.Append(c);
                    break;
            }
        }

        return text.ToString();
    }

    // Something that is shown follows.
    private static bool HasMore(string source, int start)
    {
        for (var i = start; i < source.Length; i++)
        {
            if (source[i] == '\e')
            {
                i = EndOfSequence(source, i);
            }
            else if (!char.IsControl(source[i]))
            {
                return true;
            }
        }

        return false;
    }

    // Index of the last character of the sequence that begins at the ESC.
    private static int EndOfSequence(string source, int start)
    {
        var i = start + 1;
        if (i >= source.Length)
        {
            return i;
        }

        if (source[i] == '[')
        {
            do
            {
                i++;
            } while (i < source.Length && source[i] is < '@' or > '~');

            return i;
        }

        if (source[i] is ']' or 'P' or 'X' or '^' or '_')
        {
            while (++i < source.Length && source[i] != '\a')
            {
                if (source[i] == '\e')
                {
                    return i + 1;
                }
            }

            return i;
        }

        while (i < source.Length && source[i] is >= ' ' and <= '/')
        {
            i++;
        }

        return i;
    }
}
