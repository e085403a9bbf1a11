namespace VmSpawn.Engine.Arguments;

/// <summary>
/// <c>--firmware-features=</c>: features the firmware must have, or with <c>~</c> must not have, gathered over all
/// uses. An empty value drops what was gathered together with the default, which excludes enrolled keys; it is kept
/// as an empty item. The feature <c>secure-boot</c> becomes the parameter <c>SecureBoot</c>, where wanting wins over
/// not wanting (the spec, section 11.1).
/// </summary>
internal sealed class FirmwareFeatureBinding : OptionBinding
{
    public override string Parameter => "FirmwareFeature";

    public override bool IsList => true;

    public override bool EndsParsing(string? value) => value == "list";

    public override void Apply(ParameterList parameters, string option, string? value)
    {
        if (value == "list")
        {
            parameters.Action = CommandLineAction.ListFirmwareFeatures;
            return;
        }

        if (value!.Length == 0)
        {
            parameters.Set(Parameter, "");
            parameters.Remove(SecureBootBinding.ParameterName);
            return;
        }

        foreach (var feature in value.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            Apply(parameters, option, value, feature);
        }
    }

    private void Apply(ParameterList parameters, string option, string value, string feature)
    {
        switch (feature)
        {
            case "~":
                throw OptionGrammar.Invalid(option, value, "a '~' has no feature behind it", "Write '~FEATURE'.");
            case "secure-boot":
                parameters.Set(SecureBootBinding.ParameterName, "yes");
                break;
            case "~secure-boot" when parameters.Contains(SecureBootBinding.ParameterName):
                break;
            case "~secure-boot":
                parameters.Set(SecureBootBinding.ParameterName, "no");
                break;
            default:
                parameters.Add(Parameter, feature);
                break;
        }
    }
}
