using System.Collections.Immutable;
using VmSpawn.Engine.Systemd;

namespace VmSpawn.Engine.Planning;

/// <summary>
/// A transient scope: the unit that the supervisor enters before it starts anything, so that all of the VM's processes are
/// in it.
/// </summary>
/// <param name="Unit">Its name, such as <c>machine-4711-web.scope</c>.</param>
/// <param name="Properties">Its settings.</param>
/// <param name="IsRequired">True if the VM does not start without it; else it starts with a warning.</param>
public sealed record PlannedScope(string Unit, ImmutableArray<BusProperty> Properties, bool IsRequired);
