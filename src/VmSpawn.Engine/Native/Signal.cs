namespace VmSpawn.Engine.Native;

/// <summary>The signals that are sent, awaited or reported here (signal(7), x86 and arm numbering).</summary>
internal enum Signal
{
    /// <summary>The terminal is gone.</summary>
    Hangup = 1,

    /// <summary>Ctrl+C.</summary>
    Interrupt = 2,

    /// <summary>Ctrl+\.</summary>
    Quit = 3,

    /// <summary>Cannot be caught.</summary>
    Kill = 9,

    /// <summary>Write to a pipe nobody reads.</summary>
    Pipe = 13,

    /// <summary>End, please.</summary>
    Terminate = 15,

    /// <summary>A child ended.</summary>
    Child = 17,

    /// <summary>Ctrl+Z.</summary>
    TerminalStop = 20,

    /// <summary>A read from the terminal in the background.</summary>
    TerminalInput = 21,

    /// <summary>A write to the terminal, or a change of it, in the background.</summary>
    TerminalOutput = 22,

    /// <summary>A terminal's size changed; without one it is free for other uses, and ignored by who does not know them.</summary>
    WindowChange = 28,
}
