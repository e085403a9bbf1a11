using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Arguments;

/// <summary>An option that takes yes or no in systemd's words.</summary>
/// <param name="parameter">Name of the parameter; its value becomes a <see langword="bool"/>.</param>
internal sealed class BooleanBinding(string parameter) : OptionBinding
{
    public override string Parameter => parameter;

    public override void Apply(ParameterList parameters, string option, string? value) =>
        parameters.Set(parameter, BooleanText.Parse(value, option));
}
