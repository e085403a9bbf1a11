namespace VmSpawn;

/// <summary>A service of systemd that runs a VM from the boot of the host on, as it was at one moment.</summary>
public sealed class VmService
{
    internal VmService() { }

    /// <summary>Name of the VM.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the unit, <c>vmspawn-NAME.service</c>.</summary>
    public required string Unit { get; init; }

    /// <summary><c>System</c> or <c>User</c>: the service manager.</summary>
    public required string Manager { get; init; }

    /// <summary>Path of the unit file.</summary>
    public required string Path { get; init; }

    /// <summary>Whether it starts at boot; <see langword="null"/> where systemd does not run.</summary>
    public bool? IsEnabled { get; init; }

    /// <summary>systemd's word for its state, such as <c>active</c> or <c>inactive</c>; <see langword="null"/> where it does not run.</summary>
    public string? State { get; init; }

    /// <summary>The name of the VM.</summary>
    public override string ToString() => Name;
}
