using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Arguments;

/// <summary>
/// Cuts words into options as GNU <c>getopt_long</c> does with a leading <c>+</c> (the spec, section 1.0): the first
/// word that is no option ends them, <c>--</c> too; letters cluster; long names may be cut short while unambiguous.
/// </summary>
internal sealed class OptionScanner(IReadOnlyList<string> words)
{
    private int next;
    private string cluster = "";

    /// <summary>Words after the options; complete once <see cref="Read"/> has returned <see langword="null"/>.</summary>
    public IEnumerable<string> Rest => words.Skip(next);

    /// <summary>The next option, or <see langword="null"/> at their end.</summary>
    public OptionUse? Read()
    {
        if (cluster.Length > 0)
        {
            return ReadLetter();
        }

        if (next == words.Count || words[next] is not ['-', _, ..])
        {
            return null;
        }

        var word = words[next++];
        if (word == "--")
        {
            return null;
        }

        if (word.StartsWith("--", StringComparison.Ordinal))
        {
            return ReadLong(word);
        }

        cluster = word[1..];
        return ReadLetter();
    }

    private OptionUse ReadLetter()
    {
        var letter = cluster[0];
        cluster = cluster[1..];
        var option =
            CommandLineOptions.All.FirstOrDefault(candidate => candidate.ShortName == letter)
            ?? throw Unknown($"-{letter}");
        if (!option.TakesValue)
        {
            return new OptionUse(option, null);
        }

        var value = cluster.Length > 0 ? cluster : TakeWord($"-{letter}");
        cluster = "";
        return new OptionUse(option, value);
    }

    private OptionUse ReadLong(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? word[2..] : word[2..equals];
        var option = Find(name);
        if (option.TakesValue)
        {
            return new OptionUse(option, equals < 0 ? TakeWord($"--{option.Name}") : word[(equals + 1)..]);
        }

        if (equals >= 0)
        {
            throw new CommandLineException(
                "UnexpectedOptionValue",
                word,
                $"The option --{option.Name} takes no value, but '{word}' gives it one.",
                $"Write --{option.Name} alone."
            );
        }

        return new OptionUse(option, null);
    }

    private static CommandLineOption Find(string name)
    {
        var candidates = CommandLineOptions
            .All.Where(option => option.Name.StartsWith(name, StringComparison.Ordinal))
            .ToList();
        if (candidates.Find(option => option.Name == name) is { } exact)
        {
            return exact;
        }

        return candidates.Count switch
        {
            0 => throw Unknown($"--{name}"),
            1 => candidates[0],
            _ => throw new CommandLineException(
                "AmbiguousOption",
                $"--{name}",
                $"The option '--{name}' is ambiguous.",
                $"It could be {string.Join(" or ", candidates.Select(option => $"--{option.Name}"))}."
            ),
        };
    }

    private string TakeWord(string option)
    {
        if (next == words.Count)
        {
            throw new CommandLineException(
                "MissingOptionValue",
                option,
                $"The option '{option}' needs a value, and the command line ends after it.",
                "Put the value behind it."
            );
        }

        return words[next++];
    }

    private static CommandLineException Unknown(string option) =>
        new(
            "UnknownOption",
            option,
            $"The option '{option}' is unknown.",
            "Options are those of systemd-vmspawn up to version 262."
        );
}
