using System.Text.Json.Serialization;

namespace VmSpawn.Engine.Planning;

/// <summary>How the host logs in to the guest: the key, and at most one way to a server that accepts it.</summary>
/// <param name="KeyPath">Absolute path of the private key.</param>
public sealed record PlannedSsh(string KeyPath)
{
    /// <summary>User of the guest.</summary>
    public string User { get; init; } = "root";

    /// <summary>Context identifier of a guest that is reached through the kernel's VSOCK, at port 22.</summary>
    public uint? VsockCid { get; init; }

    /// <summary>Absolute path of the UNIX socket of a guest that is reached through a VSOCK daemon, at port 22.</summary>
    public string? VsockSocket { get; init; }

    /// <summary>TCP port of 127.0.0.1 behind which the guest's server answers.</summary>
    public ushort? Port { get; init; }

    /// <summary>Absolute path of <c>ssh</c>, through which the supervisor asks the guest to power off, or <see langword="null"/>.</summary>
    public string? Client { get; init; }

    /// <summary>
    /// <c>vsock/CID</c> or <c>vsock-mux/PATH</c>, as <c>ssh</c> takes them where systemd's ssh proxy is installed
    /// (systemd-ssh-proxy(1)), or <c>127.0.0.1:PORT</c>; <see langword="null"/> if no way is known.
    /// </summary>
    [JsonIgnore]
    public string? Address =>
        VsockCid is { } cid ? $"vsock/{cid}"
        : VsockSocket is { } socket ? $"vsock-mux/{socket.TrimStart('/')}"
        : Port is { } port ? $"127.0.0.1:{port}"
        : null;
}
