namespace VmSpawn.Engine.Configuration;

/// <summary>The words of a <see cref="Tristate"/>: a boolean, or automatic.</summary>
public static class TristateText
{
    /// <summary>
    /// Reads the booleans of <see cref="BooleanText"/>; an empty text (the original's word for automatic) and
    /// <c>auto</c> (its word since version 261) are <see cref="Tristate.Auto"/>.
    /// </summary>
    public static bool TryParse(string? text, out Tristate value)
    {
        value = Tristate.Auto;
        if (text is null)
        {
            return false;
        }

        if (text.Length == 0 || string.Equals(text, "auto", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (!BooleanText.TryParse(text, out var boolean))
        {
            return false;
        }

        value = boolean ? Tristate.Yes : Tristate.No;
        return true;
    }

    /// <summary>As <see cref="TryParse"/>, with a typed error that names the option.</summary>
    /// <exception cref="Errors.InvalidValueException">It is none of the words.</exception>
    public static Tristate Parse(string? text, string option) =>
        TryParse(text, out var value)
            ? value
            : throw ValueError.Create(
                option,
                text,
                "it is neither a boolean nor 'auto'",
                "Use auto, yes or no ($true and $false are fine, too)."
            );
}
