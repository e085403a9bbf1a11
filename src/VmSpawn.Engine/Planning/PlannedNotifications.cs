using System.Text.Json.Serialization;

namespace VmSpawn.Engine.Planning;

/// <summary>Where the supervisor receives what the guest tells of itself (sd_notify(3), the spec, section 7.2).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(VsockNotifications), "vsock")]
[JsonDerivedType(typeof(SocketNotifications), "socket")]
[JsonDerivedType(typeof(PortNotifications), "port")]
public abstract record PlannedNotifications;

/// <summary>On a VSOCK port of the host, one connection a message.</summary>
/// <param name="Port">The port.</param>
/// <param name="Cid">Context identifier of the guest; nobody else is listened to.</param>
public sealed record VsockNotifications(uint Port, uint Cid) : PlannedNotifications
{
    /// <summary>The address in systemd's words.</summary>
    public override string ToString() => $"vsock-stream:2:{Port} from CID {Cid}";
}

/// <summary>On a UNIX socket to which a program carries the guest's VSOCK connections, one connection a message.</summary>
/// <param name="Path">Path of the socket in the run directory.</param>
/// <param name="Helper">The helper that carries them; nobody else is listened to. <see langword="null"/> for any process of the user.</param>
public sealed record SocketNotifications(string Path, string? Helper = null) : PlannedNotifications
{
    /// <summary>The path, and who connects to it.</summary>
    public override string ToString() => Helper is null ? Path : $"{Path} from {Helper}";
}

/// <summary>From a virtio-serial port of the guest, line by line; see <see cref="NotifyDescriptor"/>.</summary>
/// <param name="Name">Name of the port in the guest.</param>
public sealed record PortNotifications(string Name) : PlannedNotifications
{
    /// <summary>Where the guest finds it.</summary>
    public override string ToString() => $"/dev/virtio-ports/{Name}";
}
