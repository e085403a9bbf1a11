namespace VmSpawn.Engine.Resolution;

/// <summary>A user of the host who is one in the guest, too.</summary>
/// <param name="Name">Name, on both sides.</param>
/// <param name="HostUid">User id on the host.</param>
/// <param name="HostGid">Group id on the host.</param>
/// <param name="GuestUid">User and group id in the guest.</param>
/// <param name="HostHome">Home directory on the host.</param>
/// <param name="Shell">Login shell in the guest, or <see langword="null"/> for its default.</param>
public sealed record ResolvedUser(
    string Name,
    uint HostUid,
    uint HostGid,
    uint GuestUid,
    string HostHome,
    string? Shell
)
{
    /// <summary>Where the home directory is in the guest (the spec, section 11.1).</summary>
    public string GuestHome => $"/run/vmhost/home/{Name}";
}
