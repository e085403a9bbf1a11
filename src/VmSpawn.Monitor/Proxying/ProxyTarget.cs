using System.Globalization;
using System.Text;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;

namespace VmSpawn.Monitor.Proxying;

/// <summary>A port of a guest on VSOCK.</summary>
/// <param name="Cid">Context identifier of a guest on the kernel's VSOCK, or <see langword="null"/>.</param>
/// <param name="Socket">Path of a VSOCK daemon's UNIX socket, or <see langword="null"/>.</param>
/// <param name="Port">The guest's port.</param>
internal sealed record ProxyTarget(uint? Cid, string? Socket, uint Port)
{
    // "OK" and the daemon's port of the connection: a decimal number of 32 bits.
    private const int AnswerLimit = 32;
    private const int AnswerMilliseconds = 10_000;

    /// <summary>Reads the arguments; <see langword="null"/> if they are none.</summary>
    public static ProxyTarget? TryParse(ReadOnlySpan<string> arguments) =>
        arguments switch
        {
            ["vsock", var cid, var port] when Number(cid) is { } c && Number(port) is { } p => new(c, null, p),
            ["vsock-mux", { Length: > 0 } path, var port] when Number(port) is { } p => new(null, path, p),
            _ => null,
        };

    /// <summary>Connects.</summary>
    /// <exception cref="VmSpawnException">Nobody answers, or the daemon refuses.</exception>
    public FileDescriptor Connect()
    {
        if (Cid is { } cid)
        {
            return VsockSocket.Connect(cid, Port);
        }

        var socket = UnixSocket.Connect(Socket!);
        try
        {
            socket.WriteAll(Encoding.ASCII.GetBytes($"CONNECT {Port}\n"));
            var answer = ReadLine(socket);
            return answer.StartsWith("OK ", StringComparison.Ordinal)
                ? socket
                : throw Refused(answer.Length == 0 ? "it closed the connection" : $"it said '{answer}'");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static uint? Number(string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // Byte by byte: what follows the line belongs to the guest already.
    private string ReadLine(FileDescriptor socket)
    {
        var line = new StringBuilder();
        Span<byte> next = stackalloc byte[1];
        var limit = Environment.TickCount64 + AnswerMilliseconds;
        while (line.Length < AnswerLimit)
        {
            var remaining = (int)Math.Max(0, limit - Environment.TickCount64);
            if (!Poller.WaitReadable(socket, remaining))
            {
                throw Refused("it does not answer");
            }

            var count = UnixSocket.Receive(socket, next);
            if (count == 0 || (count > 0 && next[0] == (byte)'\n'))
            {
                break;
            }

            if (count > 0)
            {
                line.Append(char.IsAsciiLetterOrDigit((char)next[0]) || next[0] == ' ' ? (char)next[0] : '?');
            }
        }

        return line.ToString();
    }

    private VmSpawnException Refused(string what) =>
        new(
            "ProxyRefused",
            VmErrorKind.Failed,
            $"The VSOCK daemon at '{Socket}' gives no connection to port {Port} of the guest: {what}.",
            Socket
        );
}
