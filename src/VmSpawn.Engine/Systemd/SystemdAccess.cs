namespace VmSpawn.Engine.Systemd;

/// <summary>Whether a service manager, or machined beside it, can be asked for something.</summary>
/// <param name="Usable">True if it is there.</param>
/// <param name="Reason">Why it is or is not usable, in a clause that can follow "because".</param>
/// <param name="Path">Program or socket by which it is asked; <see langword="null"/> if it is not usable.</param>
/// <param name="Hint">What mends it.</param>
public sealed record SystemdAccess(bool Usable, string Reason, string? Path = null, string Hint = "");
