using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Resolution;

/// <summary>Knows no firmware.</summary>
internal sealed class NoFirmwareFinder : IFirmwareFinder
{
    /// <inheritdoc/>
    public ResolvedFirmware? FindFirst(GuestArchitecture architecture, Tristate secureBoot) => null;

    /// <inheritdoc/>
    public ResolvedFirmware Load(string descriptor) =>
        throw new VmSpawnException(
            "FirmwareNotLoadable",
            VmErrorKind.InvalidData,
            $"Firmware descriptor '{descriptor}' cannot be used.",
            descriptor
        );
}
