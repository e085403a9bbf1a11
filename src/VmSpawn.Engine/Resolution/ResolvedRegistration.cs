using System.Collections.Immutable;
using VmSpawn.Engine.Systemd;

namespace VmSpawn.Engine.Resolution;

/// <summary>What systemd on the host is told of the VM.</summary>
/// <param name="Manager">The service manager.</param>
/// <param name="Busctl">Program by which it is told.</param>
/// <param name="Scope">The scope that is made, or <see langword="null"/>.</param>
/// <param name="Machine">The entry in machined's register, or <see langword="null"/>.</param>
public sealed record ResolvedRegistration(
    ServiceManager Manager,
    string Busctl,
    ResolvedScope? Scope,
    ResolvedMachine? Machine
);

/// <summary>A scope for the VM.</summary>
/// <param name="Unit">Its name.</param>
/// <param name="Slice">The slice it is in.</param>
/// <param name="Properties">Settings that the user gave.</param>
/// <param name="IsRequired">True if it was asked for.</param>
public sealed record ResolvedScope(
    string Unit,
    SliceName Slice,
    ImmutableArray<UnitProperty> Properties,
    bool IsRequired
);

/// <summary>An entry in machined's register.</summary>
/// <param name="Socket">Socket of machined, which may not be there yet.</param>
/// <param name="IsRequired">True if it was asked for.</param>
public sealed record ResolvedMachine(string Socket, bool IsRequired);
