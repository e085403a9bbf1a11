namespace VmSpawn.Engine.Errors;

/// <summary>A value given by the user cannot be used. The base message always contains the value.</summary>
/// <param name="errorId">Stable identifier, such as <c>InvalidRam</c>.</param>
/// <param name="option">The option in the words of the manual page, such as <c>--ram</c> without the dashes.</param>
/// <param name="value">The offending value.</param>
/// <param name="reason">Why it cannot be used.</param>
/// <param name="hint">What is accepted.</param>
public sealed class InvalidValueException(string errorId, string option, string? value, string reason, string hint)
    : VmSpawnException(errorId, VmErrorKind.InvalidArgument, $"Invalid {option} '{value}': {reason}", value, hint)
{
    /// <summary>Makes the error with the id that follows from the option, so that every option has its own: <c>InvalidGrowImage</c> for <c>grow-image</c>.</summary>
    /// <param name="option">The option in the words of the manual page.</param>
    /// <param name="value">The offending value.</param>
    /// <param name="reason">Why it cannot be used.</param>
    /// <param name="hint">What is accepted.</param>
    public InvalidValueException(string option, string? value, string reason, string hint)
        : this(IdOf(option), option, value, reason, hint) { }

    /// <summary>The option in the manual page's words, without dashes.</summary>
    public string Option { get; } = option;

    private static string IdOf(string option) =>
        "Invalid" + string.Concat(option.Split('-', ' ').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
