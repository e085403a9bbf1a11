namespace VmSpawn.Engine.Arguments;

/// <summary>An option that asks for something other than starting a VM, at once.</summary>
/// <param name="action">What it asks for.</param>
internal sealed class ActionBinding(CommandLineAction action) : OptionBinding
{
    public override bool TakesValue => false;

    public override bool EndsParsing(string? value) => true;

    public override void Apply(ParameterList parameters, string option, string? value) => parameters.Action = action;
}
