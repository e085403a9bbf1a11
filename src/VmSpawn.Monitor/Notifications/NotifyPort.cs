using VmSpawn.Engine.Native;
using VmSpawn.Engine.Notifications;
using VmSpawn.Engine.Supervision;

namespace VmSpawn.Monitor.Notifications;

/// <summary>
/// Receives messages from a virtio-serial port: lines in a stream that does not tell one writer from the next. It is always
/// read, since a guest that writes to it waits until it is.
/// </summary>
internal sealed class NotifyPort : IDisposable
{
    // A writer may leave out the last line's end.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly EventLoop loop;
    private readonly FileDescriptor socket;
    private readonly GuestNotices notices;
    private readonly LoopWatch watch;
    private readonly NotifyLines lines = new();
    private LoopTimer? silence;

    /// <param name="loop">Where it is watched.</param>
    /// <param name="socket">Our end of the port.</param>
    /// <param name="notices">Gets each line.</param>
    public NotifyPort(EventLoop loop, FileDescriptor socket, GuestNotices notices)
    {
        (this.loop, this.socket, this.notices) = (loop, socket, notices);
        watch = loop.Watch(socket, PollEvents.Readable, _ => Receive());
    }

    /// <summary>Takes what has arrived already, and no more after that.</summary>
    public void Finish()
    {
        // The guest is gone: what is left of it is bounded by the socket.
        while (!watch.IsDisposed && Receive()) { }
        lines.TakeRest(notices.Take);
        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!watch.IsDisposed)
        {
            silence?.Dispose();
            watch.Dispose();
            socket.Dispose();
        }
    }

    private bool Receive()
    {
        Span<byte> buffer = stackalloc byte[NotifyMessage.SizeLimit];
        var count = UnixSocket.Receive(socket, buffer);
        if (count <= 0)
        {
            if (count == 0)
            {
                lines.TakeRest(notices.Take);
                Dispose();
            }

            return false;
        }

        if (lines.Append(buffer[..count], notices.Take) > 0)
        {
            notices.WarnOfLength();
        }

        silence?.Dispose();
        silence = lines.HasRest ? loop.After(Patience, () => lines.TakeRest(notices.Take)) : null;
        return true;
    }
}
