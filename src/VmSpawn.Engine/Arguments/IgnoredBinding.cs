namespace VmSpawn.Engine.Arguments;

/// <summary>An option that has no meaning for us and is only noted, such as <c>--no-pager</c>.</summary>
internal sealed class IgnoredBinding : OptionBinding
{
    public override bool TakesValue => false;

    public override void Apply(ParameterList parameters, string option, string? value) =>
        parameters.Ignored.Add($"--{option}");
}
