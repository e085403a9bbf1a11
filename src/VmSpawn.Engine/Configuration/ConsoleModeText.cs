namespace VmSpawn.Engine.Configuration;

/// <summary>The manual page's words for <see cref="ConsoleMode"/>; case matters.</summary>
public static class ConsoleModeText
{
    /// <summary>Reads <c>interactive</c>, <c>read-only</c>, <c>native</c>, <c>gui</c> or <c>headless</c>.</summary>
    /// <exception cref="Errors.InvalidValueException">It is none of them.</exception>
    public static ConsoleMode Parse(string? text) =>
        text switch
        {
            "interactive" => ConsoleMode.Interactive,
            "read-only" => ConsoleMode.ReadOnly,
            "native" => ConsoleMode.Native,
            "gui" => ConsoleMode.Gui,
            "headless" => ConsoleMode.Headless,
            _ => throw ValueError.Create(
                "console",
                text,
                "there is no such console mode",
                "Use interactive, read-only, native, gui or headless."
            ),
        };

    /// <summary>The manual page's word.</summary>
    public static string Format(ConsoleMode mode) =>
        mode is ConsoleMode.ReadOnly ? "read-only" : mode.ToString().ToLowerInvariant();
}
