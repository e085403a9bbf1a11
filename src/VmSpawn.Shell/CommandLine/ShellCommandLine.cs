using System.Text;

namespace VmSpawn.Shell.CommandLine;

/// <summary>Reads a command line the way <c>pwsh</c> does: case is ignored, names may be shortened.</summary>
internal static class ShellCommandLine
{
    /// <summary>
    /// Names in order, each with the shortest form that means it, as <c>pwsh -Help</c> and about_Pwsh document them. The
    /// order matters: the first name that a word is a prefix of wins.
    /// </summary>
    private static readonly (string Name, string Shortest)[] Names =
    [
        ("file", "f"),
        ("command", "c"),
        ("commandwithargs", "commandw"),
        ("cwa", "cwa"),
        ("encodedcommand", "e"),
        ("ec", "ec"),
        ("ep", "ep"),
        ("executionpolicy", "ex"),
        ("help", "h"),
        ("?", "?"),
        ("inputformat", "inp"),
        ("interactive", "i"),
        ("login", "l"),
        ("noexit", "noe"),
        ("nologo", "nol"),
        ("noninteractive", "noni"),
        ("noprofile", "nop"),
        ("noprofileloadtime", "noprofilel"),
        ("outputformat", "o"),
        ("version", "v"),
        ("workingdirectory", "wo"),
        ("wd", "wd"),
    ];

    /// <summary>Parses the words after the program's name.</summary>
    /// <param name="words">The words.</param>
    /// <param name="inputIsRedirected">True if standard input is no terminal: commands are then read without a prompt.</param>
    /// <exception cref="UsageException">A word is unknown or lacks its value.</exception>
    public static ShellOptions Parse(IReadOnlyList<string> words, bool inputIsRedirected)
    {
        var options = new ShellOptions { Action = new ReadCommands(Prompt: !inputIsRedirected) };
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            var name = NameOf(word);
            switch (name)
            {
                case "noprofile" or "noprofileloadtime" or "interactive" or "login":
                    break;
                case "noexit":
                    options = options with { NoExit = true };
                    break;
                case "nologo":
                    options = options with { NoLogo = true };
                    break;
                case "noninteractive":
                    options = options with { NonInteractive = true };
                    break;
                case "workingdirectory" or "wd":
                    options = options with { WorkingDirectory = ValueOf(words, ref i) };
                    break;
                case "executionpolicy" or "ep":
                    _ = ValueOf(words, ref i);
                    break;
                case "inputformat" or "outputformat":
                    RequireText(word, ValueOf(words, ref i));
                    break;
                case "help" or "?":
                    return options with { Action = new ShowUsage() };
                case "version":
                    return options with { Action = new ShowVersion() };
                case "encodedcommand" or "ec":
                    return options with { Action = new RunText(Decoded(ValueOf(words, ref i))) };
                case "commandwithargs" or "cwa":
                    return options with { Action = new RunText(ValueOf(words, ref i), [.. words.Skip(i + 1)]) };
                case "command":
                    return options with { Action = CommandIn(words, i) };
                case "file":
                    return options with { Action = FileIn(ValueOf(words, ref i), [.. words.Skip(i + 1)]) };
                default:
                    return options with { Action = FileIn(word, [.. words.Skip(i + 1)]) };
            }
        }

        return options;
    }

    private static string? NameOf(string word)
    {
        if (word.Length < 2 || word[0] is not ('-' or '/'))
        {
            return null;
        }

        var isPath = word[0] == '/' && word != "/?";
        var text = word.StartsWith("--", StringComparison.Ordinal) ? word[2..] : word[1..];
        if (isPath || text.Length == 0)
        {
            return null;
        }

        foreach (var (name, shortest) in Names)
        {
            if (
                name.StartsWith(text, StringComparison.OrdinalIgnoreCase)
                && text.StartsWith(shortest, StringComparison.OrdinalIgnoreCase)
            )
            {
                return name;
            }
        }

        throw new UsageException($"The option '{word}' is not known to this shell.");
    }

    private static string ValueOf(IReadOnlyList<string> words, ref int i)
    {
        if (i + 1 >= words.Count)
        {
            throw new UsageException($"The option '{words[i]}' needs a value.");
        }

        return words[++i];
    }

    private static ShellAction CommandIn(IReadOnlyList<string> words, int i)
    {
        if (i + 1 >= words.Count)
        {
            throw new UsageException($"A command must follow '{words[i]}'.");
        }

        if (words[i + 1] != "-")
        {
            return new RunText(string.Join(' ', words.Skip(i + 1)));
        }

        return i + 2 == words.Count
            ? new ReadCommands(Prompt: false)
            : throw new UsageException($"Nothing may follow '{words[i]} -'.");
    }

    private static ShellAction FileIn(string path, IReadOnlyList<string> arguments) =>
        path == "-" ? new ReadCommands(Prompt: false) : new RunFile(path, arguments);

    private static void RequireText(string word, string value)
    {
        if (!value.Equals("Text", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"'{word} {value}' is not known to this shell; only Text is.");
        }
    }

    private static string Decoded(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var count)
            ? Encoding.Unicode.GetString(bytes, 0, count)
            : throw new UsageException("The value of -EncodedCommand is not base64 of UTF-16 text.");
    }
}
