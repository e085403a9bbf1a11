using System.Globalization;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Configuration;

/// <summary>The range of host user and group ids that a guest's ids from 0 are mapped to: <c>BASE[:COUNT]</c>.</summary>
/// <param name="Base">First host id.</param>
/// <param name="Count">Number of ids.</param>
public sealed record IdMapping(uint Base, uint Count)
{
    private const string Option = "private-users";
    private const uint DefaultCount = 65536;

    /// <summary>Reads the mapping; 65536 ids unless said otherwise (the spec, section 9).</summary>
    /// <exception cref="InvalidValueException">It is none, or reaches beyond the last id.</exception>
    public static IdMapping Parse(string? text)
    {
        var parts = (text ?? "").Split(':', 2);
        var digits = parts[0];
        if (
            digits.Length == 0
            || (digits[0] == '0' && digits.Length > 1)
            || !uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            || first is 65535 or uint.MaxValue // the two "no user" values (chown(2))
        )
        {
            throw Invalid(text, $"'{digits}' is no user id");
        }

        var count = DefaultCount;
        if (parts.Length == 2 && (!UnsignedText.TryParse(parts[1], out count) || count == 0))
        {
            throw Invalid(text, $"'{parts[1]}' is no number of ids");
        }

        return (ulong)first + count <= uint.MaxValue
            ? new IdMapping(first, count)
            : throw Invalid(text, "it reaches beyond the last user id");
    }

    /// <summary>The text that gives this mapping again.</summary>
    public override string ToString() => $"{Base}:{Count}";

    private static InvalidValueException Invalid(string? text, string reason) =>
        ValueError.Create(Option, text, reason, "Use BASE or BASE:COUNT, such as 524288:65536.");
}
