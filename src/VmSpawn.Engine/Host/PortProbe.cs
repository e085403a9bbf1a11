using System.Net;
using System.Net.Sockets;
using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Host;

/// <summary>Finds out whether a port can be had by taking it for a moment.</summary>
internal static class PortProbe
{
    /// <summary>A TCP port of 127.0.0.1 that nobody listens at, of those that the kernel gives out by chance.</summary>
    public static ushort FindFree()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (ushort)((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Binds as QEMU will. What else may be wrong is left to QEMU's own words.</summary>
    public static PortAvailability Probe(PortForward forward)
    {
        var isStream = forward.Protocol is TransportProtocol.Tcp;
        using var socket = new Socket(
            AddressFamily.InterNetwork,
            isStream ? SocketType.Stream : SocketType.Dgram,
            isStream ? ProtocolType.Tcp : ProtocolType.Udp
        );
        try
        {
            socket.Bind(new IPEndPoint(forward.HostAddress, forward.HostPort));
            if (isStream)
            {
                socket.Listen();
            }

            return PortAvailability.Free;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => PortAvailability.InUse,
                SocketError.AccessDenied => PortAvailability.NotPermitted,
                SocketError.AddressNotAvailable => PortAvailability.NoSuchAddress,
                _ => PortAvailability.Free,
            };
        }
    }
}
