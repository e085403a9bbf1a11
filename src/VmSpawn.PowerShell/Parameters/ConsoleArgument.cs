using VmSpawn.Engine.Configuration;

namespace VmSpawn.Parameters;

/// <summary>The words of <c>-Console</c> and <c>-ConsoleTransport</c>: PowerShell's in any case, or the manual page's.</summary>
internal static class ConsoleArgument
{
    /// <summary>Reads a mode.</summary>
    /// <exception cref="Engine.Errors.InvalidValueException">It is none: <c>InvalidConsole</c>.</exception>
    public static ConsoleMode ParseMode(string text) =>
        TryParse<ConsoleMode>(text, out var mode) ? mode : ConsoleModeText.Parse(text);

    /// <summary>Reads a transport.</summary>
    /// <exception cref="Engine.Errors.InvalidValueException">It is none: <c>InvalidConsoleTransport</c>.</exception>
    public static ConsoleTransport ParseTransport(string text) =>
        TryParse<ConsoleTransport>(text, out var transport) ? transport : ConsoleTransportText.Parse(text);

    // Numbers are members of an enumeration, too, but nobody means them.
    private static bool TryParse<T>(string text, out T value)
        where T : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<T>())
        {
            if (string.Equals(candidate.ToString(), text, StringComparison.OrdinalIgnoreCase))
            {
                value = candidate;
                return true;
            }
        }

        value = default;
        return false;
    }
}
