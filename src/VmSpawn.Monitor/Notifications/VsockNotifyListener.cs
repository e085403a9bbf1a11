using VmSpawn.Engine.Native;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Monitor.Notifications;

/// <summary>
/// The kernel's VSOCK. Any VM and any process of the host could connect, so that only the guest is listened to, and of it
/// only who may use a privileged port, as systemd does: that is the guest's root.
/// </summary>
internal sealed class VsockNotifyListener(VsockNotifications planned) : INotifyListener
{
    // Ports below need a privilege to be bound (vsock(7)).
    private const uint FirstFreePort = 1024;

    /// <inheritdoc/>
    public FileDescriptor Descriptor { get; } = Listen(planned.Port);

    /// <inheritdoc/>
    public TimeSpan Patience { get; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public bool LosesEnd => false;

    /// <inheritdoc/>
    public FileDescriptor? Accept(out string? stranger)
    {
        var socket = VsockSocket.Accept(Descriptor, out var cid, out var port);
        stranger =
            cid != planned.Cid ? $"CID {cid}"
            : port >= FirstFreePort ? "an unprivileged process of the guest"
            : null;
        return socket;
    }

    /// <inheritdoc/>
    public void Dispose() => Descriptor.Dispose();

    private static FileDescriptor Listen(uint port)
    {
        var listener = VsockSocket.Listen(port);
        listener.SetNonBlocking();
        return listener;
    }
}
