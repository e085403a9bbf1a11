using VmSpawn.Engine.Native;

namespace VmSpawn.Monitor.Notifications;

/// <summary>
/// A UNIX socket to which a program carries the guest's connections. Nobody but the user can reach it, and of the user's
/// processes only that program is listened to.
/// </summary>
/// <param name="path">Path of the socket.</param>
/// <param name="carrier">Process id of that program; <see langword="null"/> for any process of the user.</param>
internal sealed class SocketNotifyListener(string path, Func<int>? carrier) : INotifyListener
{
    /// <inheritdoc/>
    public FileDescriptor Descriptor { get; } = Listen(path);

    /// <inheritdoc/>
    // vhost-device-vsock does not pass on that the guest has ended its side, and the guest's first process waits for ours.
    public bool LosesEnd => true;

    /// <inheritdoc/>
    public TimeSpan Patience { get; } = TimeSpan.FromMilliseconds(300);

    /// <inheritdoc/>
    public FileDescriptor? Accept(out string? stranger)
    {
        stranger = null;
        var socket = UnixSocket.Accept(Descriptor);
        if (socket is not null)
        {
            var (process, user) = UnixSocket.PeerOf(socket);
            stranger =
                user != UserIdentity.Effective ? $"a process of user {user}"
                : carrier is not null && carrier() != process ? $"process {process} of the host"
                : null;
        }

        return socket;
    }

    /// <inheritdoc/>
    public void Dispose() => Descriptor.Dispose();

    private static FileDescriptor Listen(string path)
    {
        var listener = UnixSocket.Listen(path);
        listener.SetNonBlocking();
        return listener;
    }
}
