namespace VmSpawn.Engine.Systemd;

/// <summary>Which of systemd's service managers looks after a VM.</summary>
public enum ServiceManager
{
    /// <summary>That of the system (process 1).</summary>
    System,

    /// <summary>That of the caller.</summary>
    User,
}
