using System.Collections.Immutable;
using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Resolution;

/// <summary>The network device.</summary>
/// <param name="Mode">How it reaches a network.</param>
/// <param name="InterfaceName">Name of the TAP interface on the host, else <see langword="null"/>.</param>
/// <param name="MacAddress">Hardware address, lower case with colons, or <see langword="null"/> for QEMU's own.</param>
public sealed record ResolvedNetwork(NetworkMode Mode, string? InterfaceName = null, string? MacAddress = null)
{
    /// <summary>Ports of the host that lead into the guest.</summary>
    public ImmutableArray<PortForward> Forwards { get; init; } = [];
}
