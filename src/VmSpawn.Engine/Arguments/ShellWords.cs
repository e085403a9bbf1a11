using System.Collections.Immutable;
using System.Text;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Engine.Arguments;

/// <summary>Words of a POSIX shell's command line: quoting is understood, expansion is not (POSIX.1-2024, Shell Command Language, 2.2).</summary>
public static class ShellWords
{
    private const string Blanks = " \t\r\n";
    private const string Operators = ";&|<>()`";

    /// <summary>
    /// Cuts a command line into words: blanks separate, <c>'...'</c> is literal, in <c>"..."</c> a backslash quotes
    /// <c>$ ` " \</c>, elsewhere it quotes any character, and before a line end it joins the lines; <c>#</c> at the
    /// start of a word begins a comment.
    /// </summary>
    /// <exception cref="CommandLineException">
    /// <c>UnbalancedQuote</c>, or <c>UnsupportedShellSyntax</c> for a variable, a substitution or an operator: they
    /// mean something only a shell can find out, and are not taken for text.
    /// </exception>
    public static ImmutableArray<string> Split(string commandLine)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        var position = 0;
        while (SkipBlanks(commandLine, ref position))
        {
            words.Add(ReadWord(commandLine, ref position));
        }

        return words.ToImmutable();
    }

    /// <summary>Writes words so that a shell, and <see cref="Split"/>, reads them back.</summary>
    public static string Join(IEnumerable<string> words) => ShellWord.Join(words);

    private static bool SkipBlanks(string line, ref int position)
    {
        while (position < line.Length)
        {
            if (line[position] == '#')
            {
                position = EndOfLine(line, position);
            }
            else if (Blanks.Contains(line[position], StringComparison.Ordinal))
            {
                position++;
            }
            else if (IsLineJoint(line, position))
            {
                position += 2;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private static string ReadWord(string line, ref int position)
    {
        var word = new StringBuilder();
        while (position < line.Length && !Blanks.Contains(line[position], StringComparison.Ordinal))
        {
            var c = line[position];
            switch (c)
            {
                case '\'':
                    ReadLiteral(line, ref position, word);
                    break;
                case '"':
                    ReadQuoted(line, ref position, word);
                    break;
                case '\\':
                    ReadEscape(line, ref position, word);
                    break;
                default:
                    if (c == '$' || Operators.Contains(c, StringComparison.Ordinal))
                    {
                        throw Unsupported(line, position);
                    }

                    word.Append(c);
                    position++;
                    break;
            }
        }

        return word.ToString();
    }

    private static void ReadLiteral(string line, ref int position, StringBuilder word)
    {
        var end = line.IndexOf('\'', position + 1);
        if (end < 0)
        {
            throw Unbalanced(line, position);
        }

        word.Append(line, position + 1, end - position - 1);
        position = end + 1;
    }

    private static void ReadQuoted(string line, ref int position, StringBuilder word)
    {
        var start = position++;
        while (position < line.Length)
        {
            var c = line[position++];
            switch (c)
            {
                case '"':
                    return;
                case '$' or '`':
                    throw Unsupported(line, position - 1);
                case '\\' when position < line.Length && line[position] == '\n':
                    position++;
                    break;
                case '\\' when position < line.Length && "$`\"\\".Contains(line[position], StringComparison.Ordinal):
                    word.Append(line[position++]);
                    break;
                default:
                    word.Append(c);
                    break;
            }
        }

        throw Unbalanced(line, start);
    }

    private static void ReadEscape(string line, ref int position, StringBuilder word)
    {
        if (position + 1 == line.Length)
        {
            throw Unbalanced(line, position);
        }

        if (!IsLineJoint(line, position))
        {
            word.Append(line[position + 1]);
        }

        position += 2;
    }

    private static bool IsLineJoint(string line, int position) =>
        line[position] == '\\' && position + 1 < line.Length && line[position + 1] == '\n';

    private static int EndOfLine(string line, int position)
    {
        var end = line.IndexOf('\n', position);
        return end < 0 ? line.Length : end;
    }

    private static CommandLineException Unbalanced(string line, int position) =>
        new(
            "UnbalancedQuote",
            line,
            $"The command line has a quote without its end at character {position + 1}: {line[position..]}",
            "Close the quote."
        );

    private static CommandLineException Unsupported(string line, int position) =>
        new(
            "UnsupportedShellSyntax",
            line,
            $"The command line has '{line[position]}' at character {position + 1}, which only a shell can resolve: {line[position..]}",
            "Put the value it stands for in its place, or quote it if it is meant as it is."
        );
}
