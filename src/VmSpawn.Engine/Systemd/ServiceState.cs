namespace VmSpawn.Engine.Systemd;

/// <summary>A service that was written here, as it is now.</summary>
/// <param name="Name">Name of the VM.</param>
/// <param name="Unit">Name of the unit.</param>
/// <param name="Manager">Whose service it is.</param>
/// <param name="Path">The unit file.</param>
/// <param name="IsEnabled">Whether it starts at boot; <see langword="null"/> if systemd does not say.</param>
/// <param name="State">What systemd says of it, such as <c>active</c>, or <see langword="null"/>.</param>
public sealed record ServiceState(
    string Name,
    string Unit,
    ServiceManager Manager,
    string Path,
    bool? IsEnabled,
    string? State
);
