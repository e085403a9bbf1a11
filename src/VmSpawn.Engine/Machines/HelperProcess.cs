namespace VmSpawn.Engine.Machines;

/// <summary>A helper that runs beside QEMU.</summary>
/// <param name="Id">What it is, as the plan calls it, such as <c>swtpm</c>.</param>
/// <param name="Process">The process; the leader of a group of its own.</param>
public sealed record HelperProcess(string Id, ProcessIdentity Process);
