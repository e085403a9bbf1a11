namespace VmSpawn.Engine.Native;

/// <summary>How a process ended.</summary>
/// <param name="Code">Its exit code, or <see langword="null"/> if a signal ended it.</param>
/// <param name="Signal">The signal that ended it, or <see langword="null"/>.</param>
internal readonly record struct ProcessExit(int? Code, int? Signal)
{
    /// <summary>The exit code, 128+N for signal N, as shells count.</summary>
    public int ShellCode => Code ?? (128 + Signal ?? 0);

    /// <summary>True if it ended by itself with code 0.</summary>
    public bool IsSuccess => Code == 0;

    /// <summary>Such as <c>exited with code 1</c> or <c>was ended by signal 9 (SIGKILL)</c>.</summary>
    public override string ToString() =>
        Code is { } code ? $"exited with code {code}" : $"was ended by signal {Signal}{NameOf(Signal)}";

    // Those that end programs, the same on x86 and arm (signal(7)).
    private static string NameOf(int? signal) =>
        signal switch
        {
            1 => " (SIGHUP)",
            2 => " (SIGINT)",
            3 => " (SIGQUIT)",
            4 => " (SIGILL)",
            5 => " (SIGTRAP)",
            6 => " (SIGABRT)",
            7 => " (SIGBUS)",
            8 => " (SIGFPE)",
            9 => " (SIGKILL)",
            11 => " (SIGSEGV)",
            13 => " (SIGPIPE)",
            15 => " (SIGTERM)",
            31 => " (SIGSYS)",
            _ => "",
        };
}
