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

    /// <summary>Such as <c>exited with code 1</c> or <c>was ended by signal 9</c>.</summary>
    public override string ToString() =>
        Code is { } code ? $"exited with code {code}" : $"was ended by signal {Signal}";
}
