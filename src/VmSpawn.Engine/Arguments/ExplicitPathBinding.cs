namespace VmSpawn.Engine.Arguments;

/// <summary>An option with a path that must be absolute or start with <c>./</c>; an empty value takes it back.</summary>
/// <param name="parameter">Name of the parameter.</param>
internal sealed class ExplicitPathBinding(string parameter) : OptionBinding
{
    public override string Parameter => parameter;

    public override void Apply(ParameterList parameters, string option, string? value)
    {
        if (value!.Length == 0)
        {
            parameters.Remove(parameter);
            return;
        }

        OptionGrammar.RequireExplicitPath(option, value);
        parameters.Set(parameter, value);
    }

    public override IEnumerable<string> Write(string option, object value) =>
        [$"--{option}={ParameterPath.Explicit(value)}"];
}
