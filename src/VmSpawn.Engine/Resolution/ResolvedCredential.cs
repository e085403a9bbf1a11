using System.Collections.Immutable;

namespace VmSpawn.Engine.Resolution;

/// <summary>A credential for the guest.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="IsAutomatic">True if it goes with something else, false if the user gave it.</param>
public sealed record ResolvedCredential(string Id, ImmutableArray<byte> Content, bool IsAutomatic = false);
