namespace VmSpawn.Engine.Arguments;

/// <summary>The hidden option <c>--qemu-gui</c>, another way to write <c>--console=gui</c>.</summary>
internal sealed class ConsoleGuiBinding : OptionBinding
{
    public override bool TakesValue => false;

    public override void Apply(ParameterList parameters, string option, string? value) =>
        parameters.Set("Console", "Gui");
}
