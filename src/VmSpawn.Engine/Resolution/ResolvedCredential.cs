using System.Collections.Immutable;

namespace VmSpawn.Engine.Resolution;

/// <summary>A credential for the guest.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Content">Its bytes.</param>
public sealed record ResolvedCredential(string Id, ImmutableArray<byte> Content);
