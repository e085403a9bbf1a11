namespace VmSpawn.Engine.Arguments;

/// <summary>An option with one value, the last one given; an empty value takes it back unless it means something.</summary>
/// <param name="parameter">Name of the parameter.</param>
/// <param name="check">Refuses a bad value, or <see langword="null"/> if any text will do.</param>
/// <param name="emptyResets">True if an empty value takes the option back, false if it is a value like any other.</param>
internal sealed class TextBinding(string parameter, Action<string>? check = null, bool emptyResets = true)
    : OptionBinding
{
    public override string Parameter => parameter;

    public override void Apply(ParameterList parameters, string option, string? value)
    {
        if (value!.Length == 0 && emptyResets)
        {
            parameters.Remove(parameter);
            return;
        }

        check?.Invoke(value);
        parameters.Set(parameter, value);
    }
}
