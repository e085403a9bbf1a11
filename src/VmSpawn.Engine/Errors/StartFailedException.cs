namespace VmSpawn.Engine.Errors;

/// <summary>The VM did not come up. Carries the words of the program that failed.</summary>
/// <param name="errorId">Stable identifier, such as <c>QemuExited</c>, <c>QemuNotAnswering</c> or <c>HelperFailed</c>.</param>
/// <param name="name">Name of the VM.</param>
/// <param name="message">What happened.</param>
/// <param name="output">Last lines the failed program wrote, or an empty string.</param>
/// <param name="exitCode">Exit code of the failed program, 128+N for signal N, or <see langword="null"/>.</param>
/// <param name="hint">What to do, or <see langword="null"/>.</param>
public sealed class StartFailedException(
    string errorId,
    string name,
    string message,
    string output,
    int? exitCode,
    string? hint = null
) : VmSpawnException(errorId, VmErrorKind.Failed, message, name, hint)
{
    /// <summary>Last lines the failed program wrote to standard error.</summary>
    public string Output { get; } = output;

    /// <summary>Exit code of the failed program, 128+N for signal N.</summary>
    public int? ExitCode { get; } = exitCode;
}
