using System.Management.Automation;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Parameters;

/// <summary>Which parameters of a cmdlet were given with the command, and which came with an object of the pipeline.</summary>
/// <param name="cmdlet">The cmdlet.</param>
internal sealed class ParameterOrigin(PSCmdlet cmdlet)
{
    private readonly HashSet<string> _given = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Notes what was given with the command; to be called before the first input.</summary>
    public void NoteCommandLine() => _given.UnionWith(cmdlet.MyInvocation.BoundParameters.Keys);

    /// <summary>Whether a parameter was given with the command.</summary>
    /// <param name="parameter">Its name, without regard to case.</param>
    public bool WasTyped(string parameter) => _given.Contains(parameter);

    /// <summary>Whether the current input has set a parameter.</summary>
    /// <param name="parameter">Its name, without regard to case.</param>
    public bool CameByPipeline(string parameter) =>
        !_given.Contains(parameter)
        && cmdlet.MyInvocation.BoundParameters.Keys.Contains(parameter, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a failure is about a value that the current input has set.</summary>
    public bool CameByPipeline(VmSpawnException failure) =>
        failure is InvalidValueException value && CameByPipeline(ToParameter(value.Option));

    // An error names its option as the manual page does: image-format for -ImageFormat.
    private static string ToParameter(string option) => string.Concat(option.Where(char.IsAsciiLetterOrDigit));
}
