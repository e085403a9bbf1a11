using System.Text.Json;
using VmSpawn.Engine.Console;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Native;
using VmSpawn.Engine.Supervision;

namespace VmSpawn.Monitor.Serving;

/// <summary>
/// An attached console: first a line that says what it wants, then bytes both ways. It is a position in the log, so it
/// costs no memory however far it is behind; what the log no longer has, it cannot get, and is cut off.
/// </summary>
internal sealed class ConsoleClient : IDisposable
{
    private const int RequestLimit = 1024;

    private readonly FileDescriptor socket;
    private readonly ConsoleServer server;
    private readonly RotatingLog log;
    private readonly LoopWatch watch;
    private byte[]? request = [];
    private bool mayType;
    private bool onlyTypes;
    private bool isTyped;

    public ConsoleClient(EventLoop loop, FileDescriptor socket, ConsoleServer server, RotatingLog log)
    {
        this.socket = socket;
        this.server = server;
        this.log = log;
        watch = loop.Watch(socket, PollEvents.Readable, Ready);
    }

    /// <summary>The next byte it gets; beyond all until it has said what it wants.</summary>
    public long Position { get; private set; } = long.MaxValue;

    /// <summary>Sends what the log has for it, as far as the socket takes it.</summary>
    public void Pump()
    {
        Span<byte> buffer = stackalloc byte[16 * 1024];
        while (!watch.IsDisposed && Position < log.End)
        {
            var count = Position < log.Start ? 0 : log.Read(Position, buffer);
            var sent = count == 0 ? UnixSocket.PeerGone : UnixSocket.Send(socket, buffer[..count]);
            if (sent == UnixSocket.PeerGone)
            {
                Dispose();
                return;
            }

            if (sent == UnixSocket.NotNow)
            {
                watch.Events |= PollEvents.Writable;
                return;
            }

            Position += sent;
        }

        watch.Events &= ~PollEvents.Writable;
    }

    /// <summary>Takes keystrokes again; one that has no more of them and wants nothing else is done.</summary>
    public void ResumeTyping()
    {
        if (!isTyped)
        {
            watch.Events |= PollEvents.Readable;
        }
        else if (onlyTypes)
        {
            Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!watch.IsDisposed)
        {
            watch.Dispose();
            socket.Dispose();
            server.Remove(this);
        }
    }

    private void Ready(PollEvents events)
    {
        if ((events & (PollEvents.HangUp | PollEvents.Error)) != PollEvents.None)
        {
            Dispose();
            return;
        }

        if (events.HasFlag(PollEvents.Writable))
        {
            Pump();
        }

        if (events.HasFlag(PollEvents.Readable) && !watch.IsDisposed)
        {
            Receive();
        }
    }

    private void Receive()
    {
        Span<byte> buffer = stackalloc byte[4096];
        var count = UnixSocket.Receive(socket, buffer);
        if (count == UnixSocket.NotNow)
        {
            return;
        }

        if (count == 0)
        {
            // It types no more, but may go on reading, as a pipe's end does.
            watch.Events &= ~PollEvents.Readable;
            isTyped = true;
            if (onlyTypes && !server.HasUntyped)
            {
                Dispose();
            }

            return;
        }

        ReadOnlySpan<byte> bytes = buffer[..count];
        if (request is not null)
        {
            bytes = TakeRequest(bytes);
        }

        if (bytes.Length > 0 && mayType && !server.Type(bytes))
        {
            watch.Events &= ~PollEvents.Readable;
        }
    }

    /// <returns>What follows the request, which has been typed already.</returns>
    private ReadOnlySpan<byte> TakeRequest(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n');
        request = [.. request!, .. end < 0 ? bytes : bytes[..end]];
        if (request.Length > RequestLimit)
        {
            Refuse("InvalidRequest", "The first line is too long.");
            return [];
        }

        if (end < 0)
        {
            return [];
        }

        try
        {
            var wanted = JsonSerializer.Deserialize(request, ControlJsonContext.Default.ConsoleRequest);
            request = null;
            Attach(wanted ?? new ConsoleRequest(ConsoleAccess.Read, 0));
            return bytes[(end + 1)..];
        }
        catch (JsonException)
        {
            Refuse("InvalidRequest", "The first line is no request for a console.");
            return [];
        }
    }

    private void Attach(ConsoleRequest wanted)
    {
        if (wanted.Access != ConsoleAccess.Read && !server.TryBecomeWriter(this))
        {
            Refuse(
                "ConsoleBusy",
                "Somebody else is typing on this console already.",
                "One types at a time. Watch it with Connect-VmSpawn -ReadOnly, or wait until it is free."
            );
            return;
        }

        mayType = wanted.Access != ConsoleAccess.Read;
        onlyTypes = wanted.Access == ConsoleAccess.Write;
        var position = Math.Max(log.Start, log.End - Math.Max(0, wanted.History));
        position = wanted.WholeLines ? log.LineStartFrom(position) : position;
        Answer(new ControlReply { ConsolePosition = position, ConsoleEnd = log.End });
        if (!onlyTypes)
        {
            Position = position;
            Pump();
        }
    }

    private void Refuse(string errorId, string message, string? hint = null)
    {
        Answer(new ControlReply { Error = new MachineFailure(errorId, message, "", null) { Hint = hint } });
        Dispose();
    }

    // The first bytes on a new connection: they fit.
    private void Answer(ControlReply reply) =>
        _ = UnixSocket.Send(
            socket,
            [.. JsonSerializer.SerializeToUtf8Bytes(reply, ControlJsonContext.Default.ControlReply), (byte)'\n']
        );
}
