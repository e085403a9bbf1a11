namespace VmSpawn.Engine.Configuration;

/// <summary>What a forwarded port carries.</summary>
public enum TransportProtocol
{
    /// <summary>TCP connections.</summary>
    Tcp,

    /// <summary>UDP datagrams.</summary>
    Udp,
}
