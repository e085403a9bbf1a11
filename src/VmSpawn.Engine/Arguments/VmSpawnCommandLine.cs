using System.Collections.Immutable;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Arguments;

/// <summary>
/// Command lines of <c>systemd-vmspawn</c>, read as parameters of <c>Start-VmSpawn</c> and written from them, so that
/// a runbook moves over.
/// </summary>
public static class VmSpawnCommandLine
{
    /// <summary>The parameter that takes the words behind the options.</summary>
    private const string KernelArgument = "KernelArgument";

    private const string ProgramName = "systemd-vmspawn";

    /// <summary>Reads a command line written for a shell; see <see cref="ShellWords.Split"/> for what is understood.</summary>
    /// <param name="commandLine">The line, with the program's name in front or without.</param>
    /// <exception cref="VmSpawnException">It cannot be read.</exception>
    public static ParsedCommandLine Parse(string commandLine) => Parse(ShellWords.Split(commandLine));

    /// <summary>Reads a command line that is cut into words.</summary>
    /// <param name="words">The words; a first one that names the program is passed over.</param>
    /// <exception cref="CommandLineException">An option is unknown, ambiguous, or has a value too many or too few.</exception>
    /// <exception cref="InvalidValueException">A value cannot be used.</exception>
    public static ParsedCommandLine Parse(IReadOnlyList<string> words)
    {
        var parameters = new ParameterList();
        var scanner = new OptionScanner(NamesProgram(words) ? [.. words.Skip(1)] : words);
        while (scanner.Read() is { } use)
        {
            use.Option.Binding.Apply(parameters, use.Option.Name, use.Value);
            if (use.Option.Binding.EndsParsing(use.Value))
            {
                return new ParsedCommandLine
                {
                    Action = parameters.Action,
                    Values = [],
                    Ignored = [.. parameters.Ignored],
                };
            }
        }

        if (parameters.Action == CommandLineAction.Start)
        {
            ProgramDefaults.Apply(parameters);
        }

        foreach (var word in scanner.Rest)
        {
            parameters.Add(KernelArgument, word);
        }

        return new ParsedCommandLine
        {
            Action = parameters.Action,
            Values = parameters.ToImmutable(),
            Ignored = [.. parameters.Ignored],
        };
    }

    /// <summary>Writes parameters as the options of a command line, without the program's name.</summary>
    /// <param name="parameters">
    /// Parameters by name, without regard to case. Values are text, <see langword="bool"/>, numbers, or sequences of
    /// them; those that are <see langword="null"/> are passed over.
    /// </param>
    /// <exception cref="CommandLineException">A parameter has no counterpart among the options.</exception>
    public static ImmutableArray<string> Write(IEnumerable<KeyValuePair<string, object?>> parameters)
    {
        var given = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in parameters)
        {
            if (value is not null)
            {
                given[ParameterAliases.Resolve(name)] = value;
            }
        }

        var words = ImmutableArray.CreateBuilder<string>();
        foreach (var option in CommandLineOptions.All)
        {
            if (!option.Hidden && option.Binding.Parameter is { } parameter && given.Remove(parameter, out var value))
            {
                words.AddRange(Items(value).SelectMany(item => option.Binding.Write(option.Name, item)));
            }
        }

        string[] kernelArguments = given.Remove(KernelArgument, out var rest)
            ? [.. Items(rest).Select(ParameterText.Of)]
            : [];
        if (given.Keys.FirstOrDefault() is { } unknown)
        {
            throw new CommandLineException(
                "ParameterWithoutOption",
                unknown,
                $"The parameter '{unknown}' has no counterpart among the options of systemd-vmspawn.",
                "Leave it out and do what it does by other means."
            );
        }

        if (Array.Exists(kernelArguments, word => word.StartsWith('-')))
        {
            words.Add("--");
        }

        words.AddRange(kernelArguments);
        return words.ToImmutable();
    }

    /// <summary>True if a parameter takes a list.</summary>
    internal static bool IsList(string parameter) =>
        parameter == KernelArgument
        || CommandLineOptions.All.Any(option => option.Binding.IsList && option.Binding.Parameter == parameter);

    private static bool NamesProgram(IReadOnlyList<string> words) =>
        words.Count > 0 && Path.GetFileName(words[0]) == ProgramName;

    private static IEnumerable<object> Items(object value) =>
        value is System.Collections.IEnumerable items and not string ? items.Cast<object>() : [value];
}
