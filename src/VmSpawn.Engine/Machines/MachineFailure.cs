namespace VmSpawn.Engine.Machines;

/// <summary>Why a VM ended in <see cref="MachineState.Failed"/>, or could not start.</summary>
/// <param name="ErrorId">Stable identifier, such as <c>QemuExited</c>.</param>
/// <param name="Message">What happened.</param>
/// <param name="Output">Last lines of the failed program, or an empty string.</param>
/// <param name="ExitCode">Its exit code, 128+N for signal N, or <see langword="null"/>.</param>
/// <param name="Hint">What to do, or <see langword="null"/>.</param>
public sealed record MachineFailure(string ErrorId, string Message, string Output, int? ExitCode, string? Hint = null);
