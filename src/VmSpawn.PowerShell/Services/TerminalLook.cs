using VmSpawn.Engine.Console;

namespace VmSpawn.Services;

/// <summary>What the terminal can show, as far as the environment says.</summary>
/// <param name="HasColours">True for a terminal in colour whose user wants colours (https://no-color.org).</param>
/// <param name="HasTitle">True if there is a window with a title.</param>
/// <param name="Mark">What marks the title of a VM's window: a green dot where letters beyond ASCII are shown.</param>
internal sealed record TerminalLook(bool HasColours, bool HasTitle, string Mark)
{
    /// <summary>Looks at this process's terminal.</summary>
    public static TerminalLook Read() => Read(TerminalConsole.OutputIsTerminal, Environment.GetEnvironmentVariable);

    /// <summary>Looks at a terminal by an environment.</summary>
    internal static TerminalLook Read(bool isTerminal, Func<string, string?> environment)
    {
        var type = environment("TERM") ?? "";
        var isAble = isTerminal && type.Length > 0 && type is not "dumb";
        var locale = ((string[])["LC_ALL", "LC_CTYPE", "LANG"])
            .Select(environment)
            .FirstOrDefault(value => !string.IsNullOrEmpty(value));
        var isUnicode =
            locale is not null
            && locale.Replace("-", "", StringComparison.Ordinal).EndsWith("UTF8", StringComparison.OrdinalIgnoreCase);
        // The kernel's own console has no windows; VT100s have neither.
        var hasTitle = isAble && type is not ("linux" or "vt100" or "vt220");
        return new TerminalLook(
            isAble && string.IsNullOrEmpty(environment("NO_COLOR")),
            hasTitle,
            hasTitle && isUnicode ? "🟢 " : ""
        );
    }
}
