using VmSpawn.Engine.Native;
using VmSpawn.Engine.Notifications;
using VmSpawn.Engine.Supervision;

namespace VmSpawn.Monitor.Notifications;

/// <summary>
/// One connection of the guest, which carries one message: it is read to its end and closed at once, since the sender waits
/// for that.
/// </summary>
internal sealed class NotifyConnection : IDisposable
{
    private readonly EventLoop loop;
    private readonly NotificationServer server;
    private readonly FileDescriptor socket;
    private readonly LoopWatch watch;
    private readonly byte[] buffer;
    private LoopTimer? silence;
    private int count;

    /// <param name="loop">Where it is watched.</param>
    /// <param name="server">Gets the message.</param>
    /// <param name="socket">The connection.</param>
    /// <param name="buffer">Room for one byte more than a message may have; given back in the end.</param>
    public NotifyConnection(EventLoop loop, NotificationServer server, FileDescriptor socket, byte[] buffer)
    {
        (this.loop, this.server, this.socket, this.buffer) = (loop, server, socket, buffer);
        watch = loop.Watch(socket, PollEvents.Readable, _ => Receive());
        Expect();
    }

    /// <summary>Reads what is there and takes it as all there is.</summary>
    public void Finish()
    {
        while (!watch.IsDisposed && Receive()) { }
        End();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!watch.IsDisposed)
        {
            silence?.Dispose();
            watch.Dispose();
            socket.Dispose();
            server.Remove(this, buffer);
        }
    }

    private bool Receive()
    {
        var received = UnixSocket.Receive(socket, buffer.AsSpan(count));
        if (received == UnixSocket.NotNow)
        {
            return false;
        }

        count += received;
        if (count == buffer.Length)
        {
            server.TellTooLong();
            Dispose();
        }
        else if (received == 0 || (server.LosesEnd && NotifyMessage.IsWhole(buffer.AsSpan(0, count))))
        {
            End();
        }
        else
        {
            Expect();
        }

        return true;
    }

    private void End()
    {
        if (!watch.IsDisposed)
        {
            // The sender goes on while its message is looked at.
            watch.Dispose();
            silence?.Dispose();
            socket.Dispose();
            server.Take(buffer.AsSpan(0, count));
            server.Remove(this, buffer);
        }
    }

    private void Expect()
    {
        silence?.Dispose();
        silence = loop.After(server.Patience, End);
    }
}
