namespace VmSpawn.Engine.Console;

/// <summary>Why a terminal does not show a console any more.</summary>
public enum TerminalEnd
{
    /// <summary>The console ended: the VM did, or a reader that fell far behind was cut off.</summary>
    ConsoleClosed,

    /// <summary>Ctrl-] was typed three times within a second.</summary>
    Escaped,

    /// <summary>There is nothing more to read from standard input, or nobody who reads standard output.</summary>
    InputEnded,

    /// <summary>It was given up from outside.</summary>
    Stopped,
}
