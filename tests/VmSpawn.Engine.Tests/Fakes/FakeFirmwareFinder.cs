using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Tests.Fakes;

/// <summary>Finds the firmware that a test gives it.</summary>
internal sealed class FakeFirmwareFinder(params ResolvedFirmware[] candidates) : IFirmwareFinder
{
    public ResolvedFirmware? FindFirst(GuestArchitecture architecture, Tristate secureBoot) =>
        candidates.FirstOrDefault(firmware =>
            secureBoot is Tristate.Auto || firmware.SecureBoot == (secureBoot is Tristate.Yes)
        );

    public ResolvedFirmware Load(string descriptor) => candidates.First(firmware => firmware.Descriptor == descriptor);
}
