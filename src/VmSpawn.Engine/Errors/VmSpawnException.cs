namespace VmSpawn.Engine.Errors;

/// <summary>
/// The one base of every failure the engine reports on purpose. <see cref="Exception.Message"/> says what was wrong
/// and names the value; <see cref="Hint"/> says what to do.
/// </summary>
/// <param name="errorId">Stable identifier in PascalCase, never reused for another meaning.</param>
/// <param name="kind">What sort of failure it is.</param>
/// <param name="message">What was wrong, with the value.</param>
/// <param name="target">The offending value, or <see langword="null"/>.</param>
/// <param name="hint">What the user can do, or <see langword="null"/>.</param>
/// <param name="innerException">The cause, or <see langword="null"/>.</param>
public class VmSpawnException(
    string errorId,
    VmErrorKind kind,
    string message,
    object? target = null,
    string? hint = null,
    Exception? innerException = null
) : Exception(message, innerException)
{
    /// <summary>Stable identifier of the failure, such as <c>ImageNotFound</c>.</summary>
    public string ErrorId { get; } = errorId;

    /// <summary>What sort of failure it is.</summary>
    public VmErrorKind Kind { get; } = kind;

    /// <summary>The offending value, or <see langword="null"/>.</summary>
    public object? Target { get; } = target;

    /// <summary>What the user can do about it, or <see langword="null"/>.</summary>
    public string? Hint { get; } = hint;
}
