namespace VmSpawn.Engine.Configuration;

/// <summary>The manual page's words for true and false (the spec, section 1.1).</summary>
public static class BooleanText
{
    internal const string Accepted = "Use one of yes, no, true, false, on, off, 1 or 0.";

    /// <summary>
    /// Reads <c>1 yes y true t on</c> or <c>0 no n false f off</c> without regard to case; nothing else, not even
    /// surrounding blanks.
    /// </summary>
    public static bool TryParse(string? text, out bool value)
    {
        switch (text?.ToLowerInvariant())
        {
            case "1" or "yes" or "y" or "true" or "t" or "on":
                value = true;
                return true;
            case "0" or "no" or "n" or "false" or "f" or "off":
                value = false;
                return true;
            default:
                value = false;
                return false;
        }
    }

    /// <summary>As <see cref="TryParse"/>, with a typed error that names the option.</summary>
    /// <exception cref="Errors.InvalidValueException">It is none of the words.</exception>
    public static bool Parse(string? text, string option) =>
        TryParse(text, out var value) ? value : throw ValueError.Create(option, text, "it is no boolean", Accepted);
}
