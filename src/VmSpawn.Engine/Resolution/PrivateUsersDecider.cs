using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>The host's ids that the guest's stand for (the spec, section 9, <c>--private-users=</c>).</summary>
internal static class PrivateUsersDecider
{
    /// <summary>User and group ids, or <see langword="null"/> if they are the same in the guest.</summary>
    /// <exception cref="VmSpawnException"><c>NoSubordinateIds</c>: the caller has none to take.</exception>
    public static (IdRange Uids, IdRange Gids)? Decide(VmConfiguration configuration, IHost host, DecisionLog log)
    {
        if (configuration.AutomaticPrivateUsers)
        {
            var name = PasswordFile.Find(host.Files, host.UserId)?.Name;
            var (firstUser, users) = Find(host, SubordinateIds.UserFile, name);
            var (firstGroup, groups) = Find(host, SubordinateIds.GroupFile, name);
            var count = Math.Min(users, groups);
            log.Decide(
                "private users",
                $"{firstUser}:{count}",
                $"that is what {SubordinateIds.UserFile} and {SubordinateIds.GroupFile} give to {name ?? "the caller"}"
            );
            return (new IdRange(0, firstUser, count), new IdRange(0, firstGroup, count));
        }

        return configuration.PrivateUsers is { } ids
            ? (new IdRange(0, ids.Base, ids.Count), new IdRange(0, ids.Base, ids.Count))
            : null;
    }

    private static (uint First, uint Count) Find(IHost host, string path, string? name)
    {
        var user = name ?? $"{host.UserId}";
        return SubordinateIds.Find(host.Files, path, host.UserId, name)
            ?? throw new VmSpawnException(
                "NoSubordinateIds",
                VmErrorKind.NotFound,
                $"There are no ids for private users: {path} gives none to '{user}'.",
                user,
                $"Run as root: usermod --add-subuids 100000-165535 --add-subgids 100000-165535 {user}, with a range that nobody has; or give BASE:COUNT."
            );
    }
}
