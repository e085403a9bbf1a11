namespace VmSpawn.Engine.Host;

/// <summary>A user of the host (passwd(5)).</summary>
/// <param name="Name">Name.</param>
/// <param name="Uid">User id.</param>
/// <param name="Gid">Id of the primary group.</param>
/// <param name="Home">Home directory.</param>
/// <param name="Shell">Login shell.</param>
public sealed record HostUser(string Name, uint Uid, uint Gid, string Home, string Shell);
