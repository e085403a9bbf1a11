namespace VmSpawn.Engine.Console;

/// <summary>
/// What a shell and the process that shows a console on its terminal have agreed on. The process takes what it is to do
/// from its arguments and says by its exit code why it ended. It is a process of its own so that the terminal is given
/// back whatever becomes of the shell; and the shell gives it back if the process is killed.
/// </summary>
internal static class AttachProtocol
{
    /// <summary>First argument; then come yes or no for typing and for the escape sequence, colour and title.</summary>
    public const string Mode = "attach";

    /// <summary>One end of a socket pair; when the other end is closed, the terminal is given back at once.</summary>
    public const int ShellDescriptor = 3;

    /// <summary>The attached console.</summary>
    public const int ConsoleDescriptor = 4;

    // Out of the way of the exit codes of crashes and of the runtime's own.
    private const int FirstCode = 10;

    /// <summary>The exit code for an end.</summary>
    public static int CodeOf(TerminalEnd end) => FirstCode + (int)end;

    /// <summary>The end that an exit code stands for, or <see langword="null"/> if the process has failed.</summary>
    public static TerminalEnd? EndOf(int? code) =>
        code - FirstCode is { } number && Enum.IsDefined((TerminalEnd)number) ? (TerminalEnd)number : null;
}
