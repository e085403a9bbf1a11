using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>The name of the VM (the spec, sections 1.3 and 11.1).</summary>
internal static class MachineNaming
{
    private const int RandomBytes = 8;

    /// <summary>The name that was given, or one that follows from what the VM boots from.</summary>
    /// <exception cref="Errors.InvalidValueException">None can be derived.</exception>
    public static string Resolve(VmConfiguration configuration, BootSource source, IHost host, DecisionLog log)
    {
        if (configuration.Name is { } given)
        {
            return given.Value;
        }

        var kernel = configuration.Linux?.Value ?? configuration.BootEntry?.Id;
        var name = source.Directory is { } directory
            ? MachineName.FromDirectory(directory.Value, host.HostName).Value
            : MachineName.FromImage(source.Image?.Value ?? kernel!).Value;
        if (configuration.Ephemeral)
        {
            // Several ephemeral VMs of one image may run at a time.
            Span<byte> random = stackalloc byte[RandomBytes];
            host.FillRandom(random);
            var suffix = $"-{Convert.ToHexStringLower(random)}";
            name = name[..Math.Min(name.Length, MachineName.MaximumLength - suffix.Length)].TrimEnd('-', '.') + suffix;
        }

        log.Decide("name", name, $"it follows from '{source.Path?.Value ?? kernel}'");
        return name;
    }
}
