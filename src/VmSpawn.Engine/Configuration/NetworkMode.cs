namespace VmSpawn.Engine.Configuration;

/// <summary>How the VM reaches a network.</summary>
public enum NetworkMode
{
    /// <summary>It has no network device.</summary>
    None,

    /// <summary>
    /// QEMU's user mode network: outgoing connections, and incoming ones at forwarded ports; no privilege needed.
    /// </summary>
    User,

    /// <summary>A TAP interface on the host; needs root.</summary>
    Tap,
}
