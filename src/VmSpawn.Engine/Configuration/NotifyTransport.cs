namespace VmSpawn.Engine.Configuration;

/// <summary>The way by which a guest tells the host that it is ready, how it fares and how it ends.</summary>
public enum NotifyTransport
{
    /// <summary>VSOCK where the VM has it, else a virtio-serial port.</summary>
    Auto,

    /// <summary>VSOCK: every guest with systemd 254 or later uses it by itself.</summary>
    Vsock,

    /// <summary>
    /// A virtio-serial port, and units of systemd that write to it; they are given to the guest as credentials, which
    /// systemd 256 and later take.
    /// </summary>
    VirtioSerial,

    /// <summary>None: the guest cannot tell anything.</summary>
    None,
}
