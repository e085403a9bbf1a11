using VmSpawn.Engine.Native;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Supervision;

namespace VmSpawn.Monitor.Notifications;

/// <summary>The place where the guest's notifications arrive, whichever the plan has.</summary>
internal sealed class NotificationIntake(EventLoop loop, GuestNotices notices, StateFile state) : IDisposable
{
    private NotificationServer? server;
    private NotifyPort? port;

    /// <summary>Listens; to be called before the guest can connect.</summary>
    public void Open(PlannedNotifications? planned)
    {
        INotifyListener? listener = planned switch
        {
            VsockNotifications vsock => new VsockNotifyListener(vsock),
            SocketNotifications { Helper: { } helper } socket => new SocketNotifyListener(
                socket.Path,
                () => state.Current.Helpers.FirstOrDefault(one => one.Id == helper)?.Process.Id ?? 0
            ),
            SocketNotifications socket => new SocketNotifyListener(socket.Path, carrier: null),
            _ => null,
        };
        if (listener is not null)
        {
            server = new NotificationServer(loop, listener, notices);
        }
    }

    /// <summary>Takes over our end of the virtio-serial port.</summary>
    public void Connect(FileDescriptor socket) => port = new NotifyPort(loop, socket, notices);

    /// <summary>Takes what has arrived before the guest ended, and no more after that.</summary>
    public void Finish()
    {
        server?.Finish();
        port?.Finish();
        notices.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        server?.Dispose();
        port?.Dispose();
    }
}
