namespace VmSpawn.Engine.Host;

/// <summary>Whether a device or facility can be used by this caller, and if not, why.</summary>
/// <param name="Usable">True if it really works, not merely exists.</param>
/// <param name="Reason">Why it is or is not usable, in a clause that can follow "because".</param>
/// <param name="Hint">What mends it, or <see langword="null"/>.</param>
public sealed record DeviceAccess(bool Usable, string Reason, string? Hint = null);
