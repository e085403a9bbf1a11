namespace VmSpawn.Engine.Planning;

/// <summary>A claim on a context identifier of the kernel's VSOCK, taken before anything runs.</summary>
/// <param name="Cid">The identifier.</param>
/// <param name="IsAutomatic">True if another would do as well.</param>
public sealed record VsockClaim(uint Cid, bool IsAutomatic);
