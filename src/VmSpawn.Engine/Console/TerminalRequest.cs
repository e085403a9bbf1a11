namespace VmSpawn.Engine.Console;

/// <summary>How a terminal shows a console.</summary>
public sealed record TerminalRequest
{
    /// <summary>True to read standard input and type what comes; false to leave it alone altogether.</summary>
    public bool Interactive { get; init; }

    /// <summary>True to end it by Ctrl-] three times within a second.</summary>
    public bool HasEscape { get; init; } = true;

    /// <summary>Tint as SGR parameters; empty for none.</summary>
    public string Background { get; init; } = "";

    /// <summary>Title of the window while it lasts; empty to leave it alone.</summary>
    public string Title { get; init; } = "";

    /// <summary>Bytes of earlier output that are shown first.</summary>
    public int History { get; init; }
}
