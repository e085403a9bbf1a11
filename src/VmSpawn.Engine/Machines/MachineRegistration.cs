using VmSpawn.Engine.Systemd;

namespace VmSpawn.Engine.Machines;

/// <summary>Where systemd on the host has the VM.</summary>
/// <param name="Manager">Which service manager.</param>
/// <param name="Busctl">Program by which it is spoken to.</param>
/// <param name="Unit">The unit that the VM's processes are in, or <see langword="null"/> if they are in none.</param>
/// <param name="IsRegistered">True if machined knows the VM by its name.</param>
public sealed record MachineRegistration(ServiceManager Manager, string Busctl, string? Unit, bool IsRegistered);
