using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>The VSOCK device.</summary>
/// <param name="Cid">The guest's context identifier.</param>
/// <param name="NotifyPort">Port of the host on which the guest's notifications arrive.</param>
/// <param name="Passed">The device as the service manager passed it, or <see langword="null"/> to open it.</param>
public sealed record ResolvedVsock(uint Cid, uint NotifyPort, ActivationDescriptor? Passed = null)
{
    /// <summary>True if the identifier was not given, so that another would do as well.</summary>
    public bool IsAutomatic { get; init; }

    /// <summary>Who carries it.</summary>
    public VsockBackend Backend { get; init; } = VsockBackend.Kernel;

    /// <summary>Absolute path of <c>vhost-device-vsock</c> for <see cref="VsockBackend.UserSpace"/>, else <see langword="null"/>.</summary>
    public string? Daemon { get; init; }

    /// <summary>
    /// For <see cref="VsockBackend.UserSpace"/> the UNIX socket that stands for the guest, else <see langword="null"/>.
    /// Whoever connects to it and sends <c>CONNECT PORT\n</c> is connected to that port of the guest and reads
    /// <c>OK ...\n</c> first.
    /// </summary>
    public string? SocketPath { get; init; }

    /// <summary>
    /// Where the guest's connection to a port of the host (CID 2) arrives: for <see cref="VsockBackend.UserSpace"/> a UNIX
    /// socket that must listen before the guest connects, else <see langword="null"/> (AF_VSOCK).
    /// </summary>
    public string? HostSocketPath(uint port) => SocketPath is null ? null : $"{SocketPath}_{port}";
}
