using System.Globalization;
using System.Text.RegularExpressions;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Parameters;

/// <summary>
/// Spans of time as people type them: <c>90</c> (seconds), <c>1.5</c>, <c>90s</c>, <c>2m</c>, <c>1h30m</c>,
/// <c>500ms</c>, or a <see cref="TimeSpan"/> and its text.
/// </summary>
internal static partial class Duration
{
    // Timers take milliseconds up to 2^32-2 (Task.Delay, CancellationTokenSource.CancelAfter): seven weeks.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    /// <summary>Reads a span of time; nothing given is <see langword="null"/>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="option">Name of the parameter, for the error.</param>
    /// <exception cref="InvalidValueException">It is none, negative, or longer than timers can wait.</exception>
    public static TimeSpan? ParseOptional(string? text, string option) =>
        text is null ? null
        : TryParse(text, out var value) ? value
        : throw new InvalidValueException(
            "InvalidTimeout",
            option,
            text,
            "it is no span of time up to 49 days",
            "Use seconds, or units as in 90s, 2m, 1h30m or 500ms, or a TimeSpan."
        );

    /// <summary>Reads a span of time.</summary>
    public static bool TryParse(string text, out TimeSpan value)
    {
        value = default;
        double? milliseconds =
            double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
                ? seconds * 1e3
            : WithUnits().Match(text) is { Success: true } match ? SumOf(match)
            : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span.TotalMilliseconds
            : null;
        if (milliseconds is not >= 0 || milliseconds > Longest.TotalMilliseconds)
        {
            return false;
        }

        value = TimeSpan.FromMilliseconds(milliseconds.Value);
        return true;
    }

    private static double SumOf(Match match) =>
        (ValueOf(match, "d") * 86_400e3)
        + (ValueOf(match, "h") * 3_600e3)
        + (ValueOf(match, "m") * 60e3)
        + (ValueOf(match, "s") * 1e3)
        + ValueOf(match, "ms");

    private static double ValueOf(Match match, string unit) =>
        match.Groups[unit] is { Success: true } group
            ? double.Parse(group.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
            : 0;

    [GeneratedRegex(
        @"^(?=.)(?:(?<d>\d+(?:\.\d+)?)d)?(?:(?<h>\d+(?:\.\d+)?)h)?(?:(?<m>\d+(?:\.\d+)?)m(?:in)?(?!s))?(?:(?<s>\d+(?:\.\d+)?)s)?(?:(?<ms>\d+(?:\.\d+)?)ms)?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex WithUnits();
}
