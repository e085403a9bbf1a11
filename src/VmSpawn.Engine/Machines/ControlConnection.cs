using System.Net.Sockets;
using System.Text.Json;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Qemu;

namespace VmSpawn.Engine.Machines;

/// <summary>A client's connection to a supervisor.</summary>
internal sealed class ControlConnection : IDisposable
{
    private const int LineLimit = 8 * 1024 * 1024;
    private readonly Socket socket;
    private readonly JsonLineReader lines = new(LineLimit);
    private readonly byte[] buffer = new byte[4096];

    private ControlConnection(Socket socket) => this.socket = socket;

    /// <summary>Connects to a supervisor.</summary>
    /// <returns><see langword="null"/> if none listens there.</returns>
    public static ControlConnection? TryConnect(RunDirectory run)
    {
        var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            // Connecting to a UNIX socket takes no time: it is queued or refused.
            client.Connect(new UnixDomainSocketEndPoint(run.ControlSocket));
            return new ControlConnection(client);
        }
        catch (SocketException)
        {
            client.Dispose();
            return null;
        }
    }

    /// <summary>Asks for the state as it is now.</summary>
    /// <returns><see langword="null"/> if there is no answer in that time.</returns>
    public static MachineRecord? TryGetStatus(RunDirectory run, TimeSpan limit)
    {
        using var connection = TryConnect(run);
        if (connection is null)
        {
            return null;
        }

        try
        {
            connection.socket.SendTimeout = connection.socket.ReceiveTimeout = (int)limit.TotalMilliseconds;
            connection.socket.Send(Line(new ControlRequest { Execute = ControlRequest.Status }));
            ControlReply? reply;
            while (!connection.TryParse(out reply))
            {
                var count = connection.socket.Receive(connection.buffer);
                if (count == 0)
                {
                    return null;
                }

                connection.lines.Append(connection.buffer.AsSpan(0, count));
            }

            return reply?.Record;
        }
        catch (Exception e) when (e is SocketException or JsonException or VmSpawnException)
        {
            return null;
        }
    }

    /// <summary>Sends a request; if the supervisor is gone, receiving will tell.</summary>
    public Task TrySendAsync(string request, CancellationToken cancellationToken) =>
        TrySendAsync(new ControlRequest { Execute = request }, cancellationToken);

    /// <summary>As above, with all that belongs to the request.</summary>
    public async Task TrySendAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await socket.SendAsync(Line(request), cancellationToken);
        }
        catch (SocketException)
        {
            // Its last words may be waiting all the same.
        }
    }

    /// <summary>The next line.</summary>
    /// <returns><see langword="null"/> when the supervisor has closed the connection.</returns>
    public async Task<ControlReply?> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            ControlReply? reply;
            while (!TryParse(out reply))
            {
                var count = await socket.ReceiveAsync(buffer, cancellationToken);
                if (count == 0)
                {
                    return null;
                }

                lines.Append(buffer.AsSpan(0, count));
            }

            return reply;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    private static byte[] Line(ControlRequest request) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(request, ControlJsonContext.Default.ControlRequest), (byte)'\n'];

    private bool TryParse(out ControlReply? reply)
    {
        reply = null;
        if (!lines.TryRead(out var line))
        {
            return false;
        }

        reply = JsonSerializer.Deserialize(line.Span, ControlJsonContext.Default.ControlReply);
        return true;
    }
}
