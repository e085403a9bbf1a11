using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Arguments;

/// <summary>What the program does unless told otherwise, where <c>Start-VmSpawn</c> does something else.</summary>
internal static class ProgramDefaults
{
    /// <summary>Adds the parameters that say so.</summary>
    /// <exception cref="VmSpawnException">The program refuses the combination (<c>EphemeralExtraDrive</c>).</exception>
    public static void Apply(ParameterList parameters)
    {
        if (parameters.Contains("Ephemeral") && parameters.Contains("ExtraDrive"))
        {
            throw new VmSpawnException(
                "EphemeralExtraDrive",
                VmErrorKind.ConflictingArguments,
                "systemd-vmspawn refuses --ephemeral together with --extra-drive=.",
                "--ephemeral",
                hint: "Start-VmSpawn takes both: -Ephemeral then covers every disk."
            );
        }

        // Without anything to boot it takes the working directory (the spec, section 1.3).
        if (!parameters.Contains("Image") && !parameters.Contains("Directory") && !parameters.Contains("Machine"))
        {
            parameters.Set("Directory", ".");
        }

        // It never looks at an image's header: without --image-format= it is raw (the spec, section 5.1).
        if (parameters.Contains("Image") && !parameters.Contains("ImageFormat"))
        {
            parameters.Set("ImageFormat", "raw");
        }

        // It makes an SSH key even where nobody can use it (the spec, section 1.2).
        if (!parameters.Contains("PassSshKey"))
        {
            parameters.Set("PassSshKey", true);
        }
    }
}
