using System.Globalization;

namespace VmSpawn.Engine.Arguments;

/// <summary>Values of parameters as the text that an option takes.</summary>
internal static class ParameterText
{
    /// <summary>Text as it is, yes or no, or a number in decimal.</summary>
    public static string Of(object value) =>
        value switch
        {
            string text => text,
            bool flag => flag ? "yes" : "no",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
}
