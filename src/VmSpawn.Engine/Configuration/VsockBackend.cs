namespace VmSpawn.Engine.Configuration;

/// <summary>Who carries a VM's VSOCK.</summary>
public enum VsockBackend
{
    /// <summary>The kernel, by <c>/dev/vhost-vsock</c>: every process of the host reaches the guest by its CID.</summary>
    Kernel,

    /// <summary>
    /// The program <c>vhost-device-vsock</c>, which needs no privilege: the host's side of every connection is a UNIX
    /// socket in the run directory.
    /// </summary>
    UserSpace,
}
