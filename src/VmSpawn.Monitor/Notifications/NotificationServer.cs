using VmSpawn.Engine.Notifications;
using VmSpawn.Engine.Supervision;

namespace VmSpawn.Monitor.Notifications;

/// <summary>
/// Receives messages over connections. A guest that opens many, sends without end or not at all costs itself its own
/// notifications, and nobody else anything: few connections are held, the oldest gives way to the next.
/// </summary>
internal sealed class NotificationServer : IDisposable
{
    private const int ConnectionLimit = 16;

    // Everything else has its turn in between.
    private const int AcceptedAtOnce = 16;

    private readonly EventLoop loop;
    private readonly INotifyListener listener;
    private readonly GuestNotices notices;
    private readonly LoopWatch watch;
    private readonly List<NotifyConnection> connections = [];
    private readonly Stack<byte[]> buffers = new(ConnectionLimit);

    public NotificationServer(EventLoop loop, INotifyListener listener, GuestNotices notices)
    {
        (this.loop, this.listener, this.notices) = (loop, listener, notices);
        watch = loop.Watch(listener.Descriptor, Engine.Native.PollEvents.Readable, _ => Accept());
    }

    /// <inheritdoc cref="INotifyListener.LosesEnd"/>
    public bool LosesEnd => listener.LosesEnd;

    /// <inheritdoc cref="INotifyListener.Patience"/>
    public TimeSpan Patience => listener.Patience;

    /// <summary>Takes what has arrived already, and no more after that.</summary>
    public void Finish()
    {
        if (!watch.IsDisposed)
        {
            Accept();
            foreach (var connection in connections.ToArray())
            {
                connection.Finish();
            }

            Dispose();
        }
    }

    /// <summary>Takes a message.</summary>
    public void Take(ReadOnlySpan<byte> message) => notices.Take(message);

    /// <summary>A message was too long.</summary>
    public void TellTooLong() => notices.WarnOfLength();

    /// <summary>Forgets a connection that is closed.</summary>
    public void Remove(NotifyConnection connection, byte[] buffer)
    {
        if (connections.Remove(connection))
        {
            buffers.Push(buffer);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!watch.IsDisposed)
        {
            watch.Dispose();
            foreach (var connection in connections.ToArray())
            {
                connection.Dispose();
            }

            listener.Dispose();
        }
    }

    private void Accept()
    {
        for (var accepted = 0; accepted < AcceptedAtOnce; accepted++)
        {
            if (listener.Accept(out var stranger) is not { } socket)
            {
                return;
            }

            if (stranger is not null)
            {
                socket.Dispose();
                notices.WarnOfStranger(stranger);
                continue;
            }

            if (connections.Count == ConnectionLimit)
            {
                connections[0].Finish();
            }

            var buffer = buffers.TryPop(out var used) ? used : new byte[NotifyMessage.SizeLimit + 1];
            connections.Add(new NotifyConnection(loop, this, socket, buffer));
        }
    }
}
