using System.Collections.ObjectModel;
using System.Management.Automation.Host;
using VmSpawn.Shell.Terminal;

namespace VmSpawn.Shell.Hosting;

/// <summary>A question with a few answers, such as those of <c>-Confirm</c>.</summary>
internal sealed class ChoiceQuestion
{
    private readonly TerminalWriter writer;
    private readonly LineReader reader;
    private readonly (string Key, string Label, string Help)[] choices;

    public ChoiceQuestion(TerminalWriter writer, LineReader reader, Collection<ChoiceDescription> choices)
    {
        this.writer = writer;
        this.reader = reader;
        this.choices =
        [
            .. choices.Select(choice => (KeyOf(choice.Label), Plain(choice.Label), choice.HelpMessage ?? "")),
        ];
    }

    /// <summary>Asks until one of the choices is given; an empty line takes the default, if there is one.</summary>
    /// <returns>The index of the choice.</returns>
    /// <exception cref="HostException">The input ended without an answer.</exception>
    public int AskForOne(string? caption, string? message, int defaultChoice)
    {
        reader.RequireInteraction();
        Introduce(caption, message);
        while (true)
        {
            var hint = defaultChoice >= 0 ? $" (default is \"{choices[defaultChoice].Key}\")" : "";
            var answer = Answer($"{Menu()}{hint}: ");
            if (answer.Length == 0 && defaultChoice >= 0)
            {
                return defaultChoice;
            }

            if (IndexOf(answer) is var index && index >= 0)
            {
                return index;
            }

            ExplainIfAsked(answer);
        }
    }

    /// <summary>Asks for choices until an empty line; no choice at all takes the defaults.</summary>
    public Collection<int> AskForSeveral(string? caption, string? message, IReadOnlyList<int> defaultChoices)
    {
        reader.RequireInteraction();
        Introduce(caption, message);
        writer.Write(Menu() + Environment.NewLine);
        var chosen = new Collection<int>();
        while (true)
        {
            var answer = Answer($"Choice[{chosen.Count}]: ");
            if (answer.Length == 0)
            {
                return chosen.Count > 0 ? chosen : [.. defaultChoices];
            }

            if (IndexOf(answer) is var index && index >= 0)
            {
                chosen.Add(index);
            }
            else
            {
                ExplainIfAsked(answer);
            }
        }
    }

    private string Answer(string prompt)
    {
        writer.Write(prompt);
        return reader.ReadLine()?.Trim()
            ?? throw new HostException("The input ended where one of these was expected: " + Menu());
    }

    private void Introduce(string? caption, string? message)
    {
        writer.Write(Environment.NewLine);
        foreach (var line in new[] { caption, message }.Where(line => !string.IsNullOrEmpty(line)))
        {
            writer.Write(line + Environment.NewLine);
        }
    }

    private string Menu() =>
        string.Join("  ", choices.Select(choice => $"[{choice.Key}] {choice.Label}")) + "  [?] Help";

    private int IndexOf(string answer) =>
        answer.Length == 0
            ? -1
            : Array.FindIndex(
                choices,
                choice =>
                    choice.Key.Equals(answer, StringComparison.OrdinalIgnoreCase)
                    || choice.Label.Equals(answer, StringComparison.OrdinalIgnoreCase)
            );

    private void ExplainIfAsked(string answer)
    {
        if (answer == "?")
        {
            writer.Write(string.Concat(choices.Select(choice => $"{choice.Key} - {choice.Help}{Environment.NewLine}")));
        }
    }

    /// <summary>The character after the ampersand is the key; a label without one is its own key.</summary>
    private static string KeyOf(string label) =>
        label.IndexOf('&', StringComparison.Ordinal) is var at && at >= 0 && at + 1 < label.Length
            ? label[at + 1].ToString().ToUpperInvariant()
            : label;

    private static string Plain(string label) => label.Replace("&", "", StringComparison.Ordinal);
}
