using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Arguments;

/// <summary>Value grammars that several options share (the spec, section 1.1) and that are stricter than PowerShell's.</summary>
internal static class OptionGrammar
{
    /// <summary>Refuses a path that neither is absolute nor starts with <c>./</c>, as options do that also take words.</summary>
    public static void RequireExplicitPath(string option, string value)
    {
        if (!value.StartsWith('/') && !value.StartsWith("./", StringComparison.Ordinal))
        {
            throw Invalid(
                option,
                value,
                "it is neither one of the option's words nor a path that starts with '/' or './'",
                "Start the path with '/' or './'."
            );
        }
    }

    /// <summary>The error for a value that an option does not take.</summary>
    public static InvalidValueException Invalid(string option, string value, string reason, string hint) =>
        ValueError.Create(option, value, reason, hint);
}
