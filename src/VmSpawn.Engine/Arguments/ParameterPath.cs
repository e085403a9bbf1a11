using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Arguments;

/// <summary>Paths for options that also take words.</summary>
internal static class ParameterPath
{
    private static readonly string[] Words = ["uefi", "bios", "none", "off", "auto", "list", "describe"];

    /// <summary>The value with <c>./</c> in front if it is a relative path, which such an option would take for a word.</summary>
    public static string Explicit(object value)
    {
        var text = ParameterText.Of(value);
        return
            text.StartsWith('/')
            || text.StartsWith("./", StringComparison.Ordinal)
            || Words.Contains(text)
            || BooleanText.TryParse(text, out _)
            ? text
            : "./" + text;
    }
}
