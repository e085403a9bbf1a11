using System.Globalization;

namespace VmSpawn.Engine.Configuration;

/// <summary>
/// A background colour as parameters of the terminal's SGR sequence (ECMA-48, section 8.3.117, with the bright
/// colours and the extended forms of ISO 8613-6): <c>40</c> to <c>47</c>, <c>100</c> to <c>107</c>, <c>48;5;N</c> or
/// <c>48;2;R;G;B</c>; empty for no tint at all.
/// </summary>
public sealed record BackgroundColor
{
    private BackgroundColor(string value) => Value = value;

    /// <summary>The parameters.</summary>
    public string Value { get; }

    /// <summary>Reads the parameters.</summary>
    /// <exception cref="Errors.InvalidValueException">They are something other than a background colour.</exception>
    public static BackgroundColor Parse(string? text) =>
        text is not null && IsValid(text)
            ? new BackgroundColor(text)
            : throw ValueError.Create(
                "background",
                text,
                "it is no background colour of a terminal",
                "Use 40 to 47, 100 to 107, 48;5;N or 48;2;R;G;B, or nothing for no colour."
            );

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool IsValid(string text) =>
        text.Length == 0
        || text.Split(';') switch
        {
            [var colour] => Number(colour) is >= 40 and <= 47 or >= 100 and <= 107,
            ["48", "5", var index] => Number(index) <= 255,
            ["48", "2", var red, var green, var blue] => Number(red) <= 255
                && Number(green) <= 255
                && Number(blue) <= 255,
            _ => false,
        };

    private static int? Number(string text) =>
        text.Length <= 3 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
