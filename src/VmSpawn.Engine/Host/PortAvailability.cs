namespace VmSpawn.Engine.Host;

/// <summary>Whether this caller could listen at an address and port of the host.</summary>
public enum PortAvailability
{
    /// <summary>It could.</summary>
    Free,

    /// <summary>Somebody does already.</summary>
    InUse,

    /// <summary>The caller may not: low ports are kept for root (ip(7), <c>ip_unprivileged_port_start</c>).</summary>
    NotPermitted,

    /// <summary>The address is none of this host's.</summary>
    NoSuchAddress,
}
