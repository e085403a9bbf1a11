using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Firmware;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>Finds firmware in the host's catalog of descriptors.</summary>
internal sealed class CatalogFirmwareFinder(IHost host) : IFirmwareFinder
{
    private readonly FirmwareCatalog _catalog = new(host);

    /// <inheritdoc/>
    public ResolvedFirmware? FindFirst(GuestArchitecture architecture, Tristate secureBoot) =>
        _catalog.Select(
            new FirmwareQuery
            {
                Architecture = architecture.Name,
                MachineType = architecture.MachineType,
                SecureBoot = secureBoot,
            }
        )
            is { } descriptor
            ? Resolve(descriptor)
            : null;

    /// <inheritdoc/>
    public ResolvedFirmware Load(string descriptor)
    {
        var loaded = _catalog.Load(descriptor);
        return loaded is { Device: not FirmwareDevice.Kernel, Mode: not FirmwareFlashMode.Combined }
            ? Resolve(loaded)
            : throw new VmSpawnException(
                "FirmwareNotSupported",
                VmErrorKind.InvalidData,
                $"Firmware descriptor '{descriptor}' cannot be used: device 'kernel' and mode 'combined' are not supported.",
                descriptor,
                "Get-VmFirmware lists the descriptors of this host."
            );
    }

    private static ResolvedFirmware Resolve(FirmwareDescriptor descriptor) =>
        new()
        {
            Mode = FirmwareMode.Uefi,
            Descriptor = descriptor.Path,
            Code = descriptor.Executable.Path,
            CodeFormat = DiskFormatText.Parse(descriptor.Executable.Format, "firmware format"),
            IsFlash = descriptor.Device is FirmwareDevice.Flash,
            NvramTemplate = descriptor.NvramTemplate?.Path,
            NvramFormat = DiskFormatText.Parse(descriptor.NvramTemplate?.Format ?? "raw", "firmware format"),
            SecureBoot = descriptor.SecureBoot,
        };
}
