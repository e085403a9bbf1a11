namespace VmSpawn.Engine.Resolution;

/// <summary>Which server of the guest the host logs in to.</summary>
public enum SshRoute
{
    /// <summary>None that is known: the guest gets the key, and the user knows a way.</summary>
    None,

    /// <summary>The one that systemd 256 and later starts on VSOCK port 22.</summary>
    Vsock,

    /// <summary>The guest's own on TCP port 22; its root gets the key in its own list, which stays in the image.</summary>
    OwnServer,

    /// <summary>
    /// One that units handed over as credentials start, for systemd 256 and later; nothing of it stays in the image.
    /// </summary>
    HandedServer,
}
