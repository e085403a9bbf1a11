using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Arguments;

/// <summary><c>--bind-volume=</c>: a list in which no volume occurs twice.</summary>
internal sealed class VolumeBinding : OptionBinding
{
    private const string ParameterName = "BindVolume";

    public override string Parameter => ParameterName;

    public override bool IsList => true;

    public override void Apply(ParameterList parameters, string option, string? value)
    {
        var volume = VolumeSpec.Parse(value);
        if (parameters.Of(ParameterName).Any(other => VolumeSpec.Parse((string)other).Id == volume.Id))
        {
            throw new VmSpawnException(
                "VolumeTwice",
                VmErrorKind.ConflictingArguments,
                $"The volume '{volume.Id}' is given twice.",
                volume.Id,
                "Give each volume once."
            );
        }

        parameters.Add(ParameterName, value!);
    }
}
