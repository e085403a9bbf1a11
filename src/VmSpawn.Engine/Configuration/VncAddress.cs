using System.Globalization;

namespace VmSpawn.Engine.Configuration;

/// <summary>
/// Where the guest's display is served by VNC: a UNIX socket in the run directory, or a port of the loopback address.
/// Nowhere else, since QEMU asks for no password there.
/// </summary>
public sealed record VncAddress
{
    /// <summary>The port of VNC's display 0 (RFC 6143, section 3.1); QEMU counts displays from there.</summary>
    public const int FirstPort = 5900;

    private const string Option = "vnc";
    private const string Loopback = "127.0.0.1";

    private VncAddress(int? port) => Port = port;

    /// <summary>The socket in the run directory, which only the caller can reach.</summary>
    public static VncAddress Socket { get; } = new(port: null);

    /// <summary>Port of the loopback address, 5900 to 65535, which every user of the host can reach; <see langword="null"/> for the socket.</summary>
    public int? Port { get; }

    /// <summary>Reads <c>unix</c>, <c>PORT</c>, <c>127.0.0.1:PORT</c> or <c>localhost:PORT</c>.</summary>
    /// <exception cref="Errors.InvalidValueException">It is none of them: <c>InvalidVnc</c>.</exception>
    public static VncAddress Parse(string? text)
    {
        if (text is "unix")
        {
            return Socket;
        }

        var word = text ?? "";
        foreach (var host in (string[])[$"{Loopback}:", "localhost:"])
        {
            if (word.StartsWith(host, StringComparison.Ordinal))
            {
                word = word[host.Length..];
                break;
            }
        }

        return
            int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is >= FirstPort and <= ushort.MaxValue
            ? new VncAddress(port)
            : throw ValueError.Create(
                Option,
                text,
                "it is neither 'unix' nor a port of 127.0.0.1 from 5900 on",
                "Use unix for a socket in the run directory, or a port such as 5901. From elsewhere, go through SSH: there is no password."
            );
    }

    /// <summary>The text that gives this address again.</summary>
    public override string ToString() =>
        Port is { } port ? string.Create(CultureInfo.InvariantCulture, $"{Loopback}:{port}") : "unix";
}
