using VmSpawn.Engine.Systemd;

namespace VmSpawn.Engine.Planning;

/// <summary>How systemd on the host is told of the VM.</summary>
public sealed record PlannedRegistration
{
    /// <summary>The service manager that is told, and whose machined.</summary>
    public required ServiceManager Manager { get; init; }

    /// <summary>Absolute path of <c>busctl</c>, by which it is told.</summary>
    public required string Busctl { get; init; }

    /// <summary>The scope that is made, or <see langword="null"/> to stay in the unit that the caller is in.</summary>
    public PlannedScope? Scope { get; init; }

    /// <summary>What machined is told, or <see langword="null"/>.</summary>
    public PlannedMachine? Machine { get; init; }
}
