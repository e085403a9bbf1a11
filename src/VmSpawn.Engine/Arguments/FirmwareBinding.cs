namespace VmSpawn.Engine.Arguments;

/// <summary>
/// <c>--firmware=</c>: a word, the path of a descriptor, or one of the two words that list (the spec, sections 1.2
/// and 11.1). <c>describe</c> honours the options around it, so that they are still read.
/// </summary>
internal sealed class FirmwareBinding : OptionBinding
{
    public override string Parameter => "Firmware";

    public override bool EndsParsing(string? value) => value == "list";

    public override void Apply(ParameterList parameters, string option, string? value)
    {
        switch (value)
        {
            case "list":
                parameters.Action = CommandLineAction.ListFirmware;
                return;
            case "describe":
                parameters.Action = CommandLineAction.DescribeFirmware;
                return;
            case "" or "auto":
                parameters.Remove(Parameter);
                return;
            case "uefi" or "bios" or "none":
                break;
            default:
                OptionGrammar.RequireExplicitPath(option, value!);
                break;
        }

        parameters.Set(Parameter, value!);
    }

    public override IEnumerable<string> Write(string option, object value) =>
        ParameterText.Of(value) is "auto" or "" ? [] : [$"--{option}={ParameterPath.Explicit(value)}"];
}
