using System.Collections.Immutable;
using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Resolution;

/// <summary>A directory of the host that the guest sees through virtiofs.</summary>
/// <param name="Tag">Name under which the guest mounts it; <c>root</c> for the tree it boots from.</param>
/// <param name="Source">Absolute path on the host.</param>
/// <param name="Target">Absolute path in the guest, or <see langword="null"/> for the root.</param>
/// <param name="IsReadOnly">True if the guest cannot write.</param>
public sealed record ResolvedMount(string Tag, string Source, string? Target, bool IsReadOnly)
{
    /// <summary>True if what the guest writes ends with the VM and never reaches the directory.</summary>
    public bool IsEphemeral { get; init; }

    /// <summary>User ids of the guest that stand for others of the host; empty if they are the same.</summary>
    public ImmutableArray<IdRange> Uids { get; init; } = [];

    /// <summary>Group ids likewise.</summary>
    public ImmutableArray<IdRange> Gids { get; init; } = [];
}
