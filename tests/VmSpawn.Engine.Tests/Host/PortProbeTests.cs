using System.Net;
using System.Net.Sockets;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Host;
using Xunit;

namespace VmSpawn.Engine.Tests.Host;

/// <summary>Real ports of this machine's loopback.</summary>
public sealed class PortProbeTests
{
    [Theory]
    [InlineData("tcp", SocketType.Stream, ProtocolType.Tcp)]
    [InlineData("udp", SocketType.Dgram, ProtocolType.Udp)]
    public void A_port_is_in_use_as_long_as_somebody_has_it(string protocol, SocketType type, ProtocolType number)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, type, number);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (type is SocketType.Stream)
        {
            socket.Listen();
        }

        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        Assert.Equal(PortAvailability.InUse, Probe($"{protocol}:{port}:1"));
        Assert.Equal(PortAvailability.InUse, Probe($"{protocol}:0.0.0.0:{port}:1"));
        socket.Dispose();
        Assert.Equal(PortAvailability.Free, Probe($"{protocol}:{port}:1"));
        Assert.Equal(PortAvailability.Free, Probe($"{protocol}:{port}:1"));
    }

    [Fact]
    public async Task A_connection_that_has_ended_does_not_keep_the_port()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var end = (IPEndPoint)listener.LocalEndpoint;
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(end, TestContext.Current.CancellationToken);
            // The side that closes first keeps the port in TIME-WAIT for a minute.
            (await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken)).Dispose();
            Assert.Equal(-1, client.GetStream().ReadByte());
        }

        listener.Stop();
        Assert.Equal(PortAvailability.Free, Probe($"{end.Port}:1"));
    }

    // An address for documentation, which nobody has (RFC 5737).
    [Fact]
    public void An_address_of_nobody_is_said_to_be_that() =>
        Assert.Equal(PortAvailability.NoSuchAddress, Probe("192.0.2.1:2222:22"));

    private static PortAvailability Probe(string forward) => new LinuxHost().ProbePort(PortForward.Parse(forward));
}
