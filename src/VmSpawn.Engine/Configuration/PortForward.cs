using System.Globalization;
using System.Net;

namespace VmSpawn.Engine.Configuration;

/// <summary>
/// A port of the host behind which a service of the guest answers: <c>[tcp:|udp:][HOSTADDRESS:]HOSTPORT:GUESTPORT</c>.
/// </summary>
public sealed record PortForward
{
    private const string Option = "port-forward";
    private const string Hint =
        "Use [tcp:|udp:][HOSTADDRESS:]HOSTPORT:GUESTPORT, such as 2222:22, 0.0.0.0:8080:80 or udp:5353:53.";

    private PortForward(TransportProtocol protocol, IPAddress address, ushort hostPort, ushort guestPort)
    {
        Protocol = protocol;
        HostAddress = address;
        HostPort = hostPort;
        GuestPort = guestPort;
    }

    /// <summary>What is forwarded.</summary>
    public TransportProtocol Protocol { get; }

    /// <summary>Address of the host, IPv4; <c>0.0.0.0</c> stands for all. Others cannot reach the default, <c>127.0.0.1</c>.</summary>
    public IPAddress HostAddress { get; }

    /// <summary>Port of the host, 1 to 65535.</summary>
    public ushort HostPort { get; }

    /// <summary>Port of the guest, 1 to 65535.</summary>
    public ushort GuestPort { get; }

    /// <summary>
    /// Reads a forward. Addresses are IPv4 in four decimal numbers, since QEMU forwards from no others and looks up no
    /// names; ports are decimal numbers. Port 0, a free one, is refused: nobody would learn which it is.
    /// </summary>
    /// <exception cref="Errors.InvalidValueException">It is none.</exception>
    public static PortForward Parse(string? text)
    {
        if (text is not null && text.Contains('['))
        {
            throw ValueError.Create(Option, text, "QEMU forwards from IPv4 addresses only", Hint);
        }

        var parts = (text ?? "").Split(':');
        var (protocol, rest) = parts[0] switch
        {
            "tcp" => (TransportProtocol.Tcp, parts[1..]),
            "udp" => (TransportProtocol.Udp, parts[1..]),
            _ => (TransportProtocol.Tcp, parts),
        };
        if (rest.Length is not (2 or 3))
        {
            throw ValueError.Create(Option, text, "it is not a host port and a guest port", Hint);
        }

        var address = rest.Length == 2 ? IPAddress.Loopback : Address(rest[0], text);
        return new PortForward(protocol, address, Port(rest[^2], "host", text), Port(rest[^1], "guest", text));
    }

    /// <summary>True if the host cannot have both: the same port at the same address, or one of them at all addresses.</summary>
    public bool Meets(PortForward other) =>
        Protocol == other.Protocol
        && HostPort == other.HostPort
        && (
            HostAddress.Equals(other.HostAddress)
            || HostAddress.Equals(IPAddress.Any)
            || other.HostAddress.Equals(IPAddress.Any)
        );

    /// <summary>The whole text that gives this forward again.</summary>
    public override string ToString() =>
        $"{Protocol.ToString().ToLowerInvariant()}:{HostAddress}:{HostPort}:{GuestPort}";

    private static IPAddress Address(string word, string? text)
    {
        // The parser alone takes "1" and "0x7f.1", too.
        return
            IPAddress.TryParse(word, out var address)
            && string.Equals(address.ToString(), word, StringComparison.Ordinal)
            ? address
            : throw ValueError.Create(Option, text, $"'{word}' is neither tcp nor udp nor an IPv4 address", Hint);
    }

    private static ushort Port(string word, string whose, string? text) =>
        ushort.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            ? port
            : throw ValueError.Create(Option, text, $"the {whose} port '{word}' is no number from 1 to 65535", Hint);
}
