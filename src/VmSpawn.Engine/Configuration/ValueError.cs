using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Configuration;

/// <summary>Makes the typed error of a value: its id follows from the option, so that every option has its own.</summary>
internal static class ValueError
{
    /// <summary>The error of one value of one option, such as <c>InvalidGrowImage</c> for <c>grow-image</c>.</summary>
    public static InvalidValueException Create(string option, string? value, string reason, string hint) =>
        new(option, value, reason, hint);
}
