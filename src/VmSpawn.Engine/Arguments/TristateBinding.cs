using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Arguments;

/// <summary>
/// An option that takes yes, no or <c>auto</c>; the last is the parameter's absence. The word is accepted since
/// systemd 261, an empty value always was (the spec, section 1.1).
/// </summary>
/// <param name="parameter">Name of the parameter.</param>
/// <param name="emptyIsAuto">False if an empty value is an error, as it is for <c>--register=</c>.</param>
internal class TristateBinding(string parameter, bool emptyIsAuto = true) : OptionBinding
{
    public override string Parameter => parameter;

    public override void Apply(ParameterList parameters, string option, string? value)
    {
        if (value!.Length == 0 && !emptyIsAuto)
        {
            throw OptionGrammar.Invalid(option, value, "it is empty", "Write 'yes', 'no' or 'auto'.");
        }

        switch (TristateText.Parse(value, option))
        {
            case Tristate.Yes:
                parameters.Set(parameter, "yes");
                break;
            case Tristate.No:
                parameters.Set(parameter, "no");
                break;
            default:
                parameters.Remove(parameter);
                break;
        }
    }

    public override IEnumerable<string> Write(string option, object value) =>
        value switch
        {
            Tristate.Auto => [],
            Tristate.Yes => [$"--{option}=yes"],
            Tristate.No => [$"--{option}=no"],
            string text when text.Length == 0 || text.Equals("auto", StringComparison.OrdinalIgnoreCase) => [],
            _ => [$"--{option}={ParameterText.Of(value).ToLowerInvariant()}"],
        };
}
