using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Arguments;

/// <summary><c>--grow-image=</c>: a size, or nothing or zero to leave the image as it is (the spec, section 11.1).</summary>
internal sealed class GrowImageBinding : OptionBinding
{
    public override string Parameter => "GrowImage";

    public override void Apply(ParameterList parameters, string option, string? value)
    {
        if (value!.Length == 0 || ByteSize.Parse(value, option).Bytes == 0)
        {
            parameters.Remove(Parameter);
        }
        else
        {
            parameters.Set(Parameter, value);
        }
    }
}
