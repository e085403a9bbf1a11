using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Journal;

/// <summary>How much an entry matters: 0 to 7, the least is the most urgent (syslog(3)).</summary>
public static class JournalPriority
{
    /// <summary>The names, at the place of their number.</summary>
    public static IReadOnlyList<string> Names { get; } =
    ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"];

    /// <summary>Reads a name or a number.</summary>
    /// <exception cref="Errors.InvalidValueException">It is neither.</exception>
    public static int Parse(string text)
    {
        for (var number = 0; number < Names.Count; number++)
        {
            if (text == $"{number}" || text.Equals(Names[number], StringComparison.OrdinalIgnoreCase))
            {
                return number;
            }
        }

        throw ValueError.Create(
            "priority",
            text,
            "it is none of the priorities of the journal",
            $"Use {string.Join(", ", Names)}, or a number from 0 to 7."
        );
    }

    /// <summary>The name that belongs to the text of the field <c>PRIORITY</c>, or <see langword="null"/> if it is none.</summary>
    public static string? NameOf(string? field) =>
        field is [>= '0' and <= '7' and var digit] ? Names[digit - '0'] : null;
}
