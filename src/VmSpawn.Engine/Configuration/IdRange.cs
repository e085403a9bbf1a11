using System.Globalization;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Configuration;

/// <summary>A range of user or group ids of the guest, and the equally long one of the host that stands for it.</summary>
/// <param name="Guest">First id in the guest.</param>
/// <param name="Host">First id of the host.</param>
/// <param name="Count">Number of ids, 1 or more.</param>
public sealed record IdRange(uint Guest, uint Host, uint Count)
{
    /// <summary>Reads <c>GUEST:HOST[:COUNT]</c>; one id unless said otherwise.</summary>
    /// <param name="text">The text.</param>
    /// <param name="option">Name of the option or parameter, for the error.</param>
    /// <exception cref="InvalidValueException">It is none, or reaches beyond the last id.</exception>
    public static IdRange Parse(string? text, string option)
    {
        var parts = (text ?? "").Split(':');
        uint count = 1;
        if (
            parts.Length is not (2 or 3)
            || !TryParse(parts[0], out var guest)
            || !TryParse(parts[1], out var host)
            || (parts.Length == 3 && (!TryParse(parts[2], out count) || count == 0))
        )
        {
            throw Invalid(option, text, "it is no range of ids");
        }

        // The last number means "no id" (chown(2)).
        return (ulong)Math.Max(guest, host) + count <= uint.MaxValue
            ? new IdRange(guest, host, count)
            : throw Invalid(option, text, "it reaches beyond the last id");
    }

    /// <summary>The text that gives this range again.</summary>
    public override string ToString() => $"{Guest}:{Host}:{Count}";

    private static bool TryParse(string text, out uint number) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static InvalidValueException Invalid(string option, string? text, string reason) =>
        ValueError.Create(option, text, reason, "Use GUEST:HOST or GUEST:HOST:COUNT, such as 0:1000:1.");
}
