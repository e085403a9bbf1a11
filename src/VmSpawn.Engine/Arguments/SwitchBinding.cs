using System.Collections.Immutable;

namespace VmSpawn.Engine.Arguments;

/// <summary>An option without a value.</summary>
/// <param name="parameter">Name of the switch parameter.</param>
/// <param name="replaces">Parameters that the option takes back, because the last of them wins.</param>
internal sealed class SwitchBinding(string parameter, params ImmutableArray<string> replaces) : OptionBinding
{
    public override string Parameter => parameter;

    public override bool TakesValue => false;

    public override void Apply(ParameterList parameters, string option, string? value)
    {
        foreach (var other in replaces)
        {
            parameters.Remove(other);
        }

        parameters.Set(parameter, true);
    }

    public override IEnumerable<string> Write(string option, object value) => value is false ? [] : [$"--{option}"];
}
