namespace VmSpawn.Engine.Machines;

/// <summary>A process that cannot be mistaken for a later one with the same number.</summary>
/// <param name="Id">Process id.</param>
/// <param name="StartTime">Start time in clock ticks since boot: field 22 of <c>/proc/PID/stat</c> (proc(5)).</param>
public sealed record ProcessIdentity(int Id, long StartTime);
