using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Arguments;

/// <summary>
/// <c>--tpm-state=</c> and <c>--efi-nvram-state=</c>: <c>off</c> (also an empty value), <c>auto</c> (beside the
/// image) or a path (the spec, section 11.1).
/// </summary>
/// <param name="parameter">Name of the parameter.</param>
internal sealed class StateBinding(string parameter) : OptionBinding
{
    public override string Parameter => parameter;

    public override void Apply(ParameterList parameters, string option, string? value)
    {
        var isBoolean = BooleanText.TryParse(value, out var flag);
        if (value!.Length == 0 || (isBoolean && !flag))
        {
            parameters.Set(parameter, "off");
        }
        else if (value == "auto" || isBoolean)
        {
            parameters.Set(parameter, "auto");
        }
        else
        {
            OptionGrammar.RequireExplicitPath(option, value);
            parameters.Set(parameter, value);
        }
    }

    public override IEnumerable<string> Write(string option, object value) =>
        [$"--{option}={ParameterPath.Explicit(value)}"];
}
