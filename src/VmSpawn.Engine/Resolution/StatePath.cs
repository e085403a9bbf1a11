using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Resolution;

/// <summary>Where state that outlives a VM is kept.</summary>
internal static class StatePath
{
    /// <summary>Absolute path, or <see langword="null"/> for state that ends with the VM.</summary>
    /// <param name="location">What the user wants.</param>
    /// <param name="configuration">The VM; an ephemeral one keeps nothing beside its image.</param>
    /// <param name="bootSource">Image or directory that the VM boots from, or <see langword="null"/>.</param>
    /// <param name="suffix">What is added to its name, such as <c>.tpmstate</c>.</param>
    /// <exception cref="VmSpawnException">It shall be beside the image, and there is none.</exception>
    public static string? Resolve(
        StateLocation location,
        VmConfiguration configuration,
        HostPath? bootSource,
        string suffix
    )
    {
        if (location.Path is { } path)
        {
            return path.Value;
        }

        return location.IsBesideImage && !configuration.Ephemeral ? bootSource?.Append(suffix).Value : null;
    }
}
