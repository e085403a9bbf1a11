using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Images;

namespace VmSpawn.Engine.Resolution;

/// <summary>What the VM boots from: an image, a directory, or neither, with a kernel of its own.</summary>
/// <param name="Image">Disk image or block device, or <see langword="null"/>.</param>
/// <param name="Directory">Directory tree, or <see langword="null"/>.</param>
internal sealed record BootSource(HostPath? Image, HostPath? Directory)
{
    /// <summary>Image or directory, whichever it is, or <see langword="null"/>.</summary>
    public HostPath? Path => Image ?? Directory;

    /// <summary>What was given, else what the machine pools hold under the VM's name.</summary>
    /// <exception cref="VmSpawnException">Both were given, or there is nothing to boot.</exception>
    public static BootSource Resolve(VmConfiguration configuration, IHost host, DecisionLog log)
    {
        switch (configuration)
        {
            case { Image: { } image, Directory: not null }:
                throw new VmSpawnException(
                    "ImageAndDirectory",
                    VmErrorKind.ConflictingArguments,
                    "A VM boots either from an image (--image) or from a directory (--directory), not from both.",
                    image.Value,
                    "Leave one of them out."
                );
            case { Image: not null } or { Directory: not null }:
                return new BootSource(configuration.Image, configuration.Directory);
            case { Name: { } name }:
                return FromPools(configuration, name, host, log);
            case { Linux: not null } or { BootEntry: not null }:
                return new BootSource(null, null);
            default:
                throw new VmSpawnException(
                    "NothingToBoot",
                    VmErrorKind.InvalidArgument,
                    "There is nothing to boot: no image, no directory and no kernel was given.",
                    hint: "Give -Image, -Directory or -Linux."
                );
        }
    }

    private static BootSource FromPools(VmConfiguration configuration, MachineName name, IHost host, DecisionLog log)
    {
        try
        {
            var found = MachineImage.Find(host, name.Value);
            var path = HostPath.Parse(found.Path, "machine");
            log.Decide("image", path.Value, $"it is what the machine pools hold as '{name}'");
            return found.IsDirectory
                ? Resolve(configuration with { Directory = path }, host, log)
                : new BootSource(path, null);
        }
        catch (VmSpawnException e)
            when (e.ErrorId == "MachineImageNotFound"
                && (configuration.Linux is not null || configuration.BootEntry is not null)
            )
        {
            return new BootSource(null, null);
        }
    }
}
