using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Resolution;

/// <summary>Finds UEFI firmware among the host's descriptors.</summary>
internal interface IFirmwareFinder
{
    /// <summary>The first descriptor that fits, or <see langword="null"/>.</summary>
    /// <param name="architecture">Guest architecture and machine type.</param>
    /// <param name="secureBoot">Whether it must, may or must not support Secure Boot.</param>
    ResolvedFirmware? FindFirst(GuestArchitecture architecture, Tristate secureBoot);

    /// <summary>The firmware that a named descriptor describes.</summary>
    /// <exception cref="Errors.VmSpawnException">It cannot be read, or it describes nothing that can be used.</exception>
    ResolvedFirmware Load(string descriptor);
}
