using System.Collections.Immutable;
using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Firmware;

/// <summary>Machines that firmware runs on.</summary>
/// <param name="Architecture">Guest architecture in QEMU's spelling, such as <c>x86_64</c>.</param>
/// <param name="Machines">Globs of QEMU's versioned machine types, such as <c>pc-q35-*</c>.</param>
public sealed record FirmwareTarget(string Architecture, ImmutableArray<string> Machines)
{
    /// <summary>True if it names the architecture and machine type, be that a versioned one or an alias such as <c>q35</c>.</summary>
    public bool Covers(string architecture, string machineType) =>
        Architecture == architecture && Machines.Any(glob => CoversMachine(glob, machineType));

    // Descriptors name versioned types. An alias stands for the newest version, which only QEMU knows; so a glob
    // that covers any version of the family will do.
    private static bool CoversMachine(string glob, string machineType)
    {
        var family = Family(machineType);
        return Glob.Matches(glob, machineType)
            || Glob.Matches(glob, family)
            || glob.StartsWith(family, StringComparison.Ordinal);
    }

    private static string Family(string machineType) =>
        machineType switch
        {
            "q35" => "pc-q35-",
            "pc" => "pc-i440fx-",
            _ => machineType + "-",
        };

    /// <inheritdoc/>
    public override string ToString() => $"{Architecture} ({string.Join(", ", Machines)})";
}
