using System.Collections.Immutable;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>The ports of the host that lead into the guest.</summary>
internal static class PortForwardResolver
{
    /// <summary>Checks them before QEMU tries; between here and there somebody may still take one, which QEMU will say.</summary>
    /// <exception cref="VmSpawnException">
    /// There is no user mode network, one is given twice, or a port of the host cannot be had.
    /// </exception>
    public static ImmutableArray<PortForward> Resolve(VmConfiguration configuration, IHost host)
    {
        var forwards = configuration.PortForwards;
        if (!forwards.IsEmpty && configuration.Network is not NetworkMode.User)
        {
            throw new VmSpawnException(
                "PortForwardNeedsUserMode",
                VmErrorKind.ConflictingArguments,
                $"The port forward '{forwards[0]}' needs the user mode network, which this VM does not have.",
                forwards[0].ToString(),
                configuration.Network is NetworkMode.Tap
                    ? "Reach the guest at its own address, or use -NetworkUserMode instead of -NetworkTap."
                    : "Add -NetworkUserMode."
            );
        }

        for (var index = 0; index < forwards.Length; index++)
        {
            CheckNotTwice(forwards[index], forwards[..index]);
            Check(forwards[index], host.ProbePort(forwards[index]));
        }

        return forwards;
    }

    private static void CheckNotTwice(PortForward forward, ImmutableArray<PortForward> before)
    {
        if (before.FirstOrDefault(forward.Meets) is { } other)
        {
            throw new VmSpawnException(
                "PortForwardTwice",
                VmErrorKind.ConflictingArguments,
                $"The port forwards '{other}' and '{forward}' want the same port of the host.",
                forward.ToString(),
                "Leave one of them out, or choose another host port."
            );
        }
    }

    private static void Check(PortForward forward, PortAvailability availability)
    {
        var protocol = forward.Protocol.ToString().ToUpperInvariant();
        var place = $"{protocol} port {forward.HostPort} at {forward.HostAddress}";
        var (id, kind, message, hint) = availability switch
        {
            PortAvailability.InUse => (
                "HostPortInUse",
                VmErrorKind.Busy,
                $"The port forward '{forward}' cannot be had: {place} is in use.",
                $"Choose another host port; 'ss -lpn sport = :{forward.HostPort}' shows who has it."
            ),
            PortAvailability.NotPermitted => (
                "HostPortNotPermitted",
                VmErrorKind.PermissionDenied,
                $"The port forward '{forward}' cannot be had: only root may listen at {place}.",
                "Choose a host port from 1024 on, or run as root."
            ),
            PortAvailability.NoSuchAddress => (
                "HostAddressNotFound",
                VmErrorKind.InvalidArgument,
                $"The port forward '{forward}' cannot be had: {forward.HostAddress} is no address of this host.",
                "Use one that 'ip address' lists, or 0.0.0.0 for all."
            ),
            _ => default,
        };
        if (id is not null)
        {
            throw new VmSpawnException(id, kind, message, forward.ToString(), hint);
        }
    }
}
