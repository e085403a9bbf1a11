using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Resolution;

/// <summary>A directory of the host that the guest sees through virtiofs.</summary>
/// <param name="Tag">Name under which the guest mounts it; <c>root</c> for the tree it boots from.</param>
/// <param name="Source">Absolute path on the host.</param>
/// <param name="Target">Absolute path in the guest, or <see langword="null"/> for the root.</param>
/// <param name="IsReadOnly">True if the guest cannot write.</param>
/// <param name="Ids">Mapping of user and group ids, or <see langword="null"/>.</param>
/// <param name="User">The one user whose ids are translated, or <see langword="null"/>.</param>
public sealed record ResolvedMount(
    string Tag,
    string Source,
    string? Target,
    bool IsReadOnly,
    IdMapping? Ids,
    ResolvedUser? User = null
);
