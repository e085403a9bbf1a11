using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>The network device.</summary>
internal static class NetworkResolver
{
    private const string MacVariable = "SYSTEMD_VMSPAWN_NETWORK_MAC";

    /// <summary>Resolves it.</summary>
    /// <exception cref="VmSpawnException">A TAP interface needs root, the environment's MAC address is none, or a port cannot be forwarded.</exception>
    public static ResolvedNetwork Resolve(VmConfiguration configuration, IHost host, string name, DecisionLog log)
    {
        // The original reads the variable on every start and stops at a bad one, whatever the network.
        var given = host.GetEnvironmentVariable(MacVariable) is { } text
            ? MacAddress.Parse(text, MacVariable)
            : default;
        var forwards = PortForwardResolver.Resolve(configuration, host);
        if (configuration.Network is not NetworkMode.Tap)
        {
            return new ResolvedNetwork(configuration.Network) { Forwards = forwards };
        }

        if (!host.IsPrivileged)
        {
            throw new HostRequirementException(
                "TapNeedsRoot",
                "root privileges",
                "A TAP network (--network-tap) needs root privileges.",
                "Run as root, or use -NetworkUserMode."
            );
        }

        var interfaceName = TapInterface.NameOf(name);
        if (interfaceName != $"vt-{name}")
        {
            log.Warn($"The name of the network interface 'vt-{name}' is too long; it is '{interfaceName}' instead.");
        }

        var mac = given.IsZero ? TapInterface.MacOf(host.MachineId, name) : given;
        return new ResolvedNetwork(NetworkMode.Tap, interfaceName, mac.ToString());
    }
}
