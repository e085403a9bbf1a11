using System.Management.Automation;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Parameters;

/// <summary>
/// Tells a misspelt parameter from a word. Everything that belongs to no parameter goes to the one that takes the rest of
/// the line, names of parameters that do not exist among it: <c>-Ephemerl</c> would become a word for the kernel, and the
/// image would be written.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RestOfLineTransformationAttribute : ArgumentTransformationAttribute
{
    // It has to survive the conversion to text, and no word can contain a NUL.
    private const char Mark = '\0';

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        // PowerShell hands the rest of the line over as such a list, and what follows the parameter's name as an array.
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData)
            is List<object?> rest
            ? rest.ConvertAll(word => IsParameterName(word) ? $"{Mark}{word}" : word).ToArray()
            : inputData;

    /// <summary>Refuses the name of a parameter among the words.</summary>
    /// <exception cref="VmSpawnException"><c>UnknownParameter</c>.</exception>
    internal static string Check(string? word) =>
        word is null || !word.StartsWith(Mark)
            ? word ?? ""
            : throw new VmSpawnException(
                "UnknownParameter",
                VmErrorKind.InvalidArgument,
                $"There is no parameter '{word[1..]}'.",
                word[1..],
                $"Check its spelling. A word for the kernel that looks like this has to follow its parameter: -KernelArgument '{word[1..]}'."
            );

    private static bool IsParameterName(object? word) =>
        (word is PSObject wrapped ? wrapped.BaseObject : word) is string { Length: > 1 } text
        && text[0] == '-'
        && char.IsAsciiLetter(text[1]);
}
