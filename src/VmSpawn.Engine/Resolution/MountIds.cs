using System.Collections.Immutable;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Resolution;

/// <summary>
/// How the ids of one mount come about. Root has them translated by virtiofsd. For an ordinary user virtiofsd is root
/// of a user namespace: over ranges of the user's subordinate ids, whose ids virtiofsd then sees as the guest's, or over
/// nothing but the user, who is root there.
/// </summary>
/// <param name="Uids">User ids that virtiofsd translates, the host's as they are in its namespace.</param>
/// <param name="Gids">Group ids likewise.</param>
/// <param name="Namespace">Range of the host's ids that the namespace has, or <see langword="null"/>.</param>
internal sealed record MountIds(
    ImmutableArray<IdRange> Uids,
    ImmutableArray<IdRange> Gids,
    (IdRange Uids, IdRange Gids)? Namespace
)
{
    /// <summary>True if virtiofsd has to translate.</summary>
    public bool IsTranslated => !Uids.IsEmpty || !Gids.IsEmpty;

    /// <summary>Decides it.</summary>
    /// <exception cref="VmSpawnException"><c>IdsNotMappable</c>: an ordinary user cannot have them so.</exception>
    public static MountIds Of(ResolvedMount mount, ResolvedVirtiofsd virtiofsd)
    {
        if (virtiofsd.Unshare is null)
        {
            return new MountIds(mount.Uids, mount.Gids, null);
        }

        if (mount.Uids.All(range => IsOnly(range, virtiofsd.CallerUid)) && mount.Gids.All(range => range.Count == 1))
        {
            // The user's own ids are 0 in the namespace.
            return new MountIds([.. mount.Uids.SelectMany(AsRoot)], [.. mount.Gids.SelectMany(AsRoot)], null);
        }

        if (mount is { Uids: [{ Guest: 0 } uids], Gids: [{ Guest: 0 } gids] })
        {
            return new MountIds([], [], (uids, gids));
        }

        throw new VmSpawnException(
            "IdsNotMappable",
            VmErrorKind.InvalidArgument,
            $"The ids of '{mount.Source}' cannot be mapped as asked: an ordinary user can map one range of user ids and one of group ids that begin with 0 in the guest, or the own ids.",
            $"{string.Join(' ', mount.Uids)} {string.Join(' ', mount.Gids)}",
            "Give -UidMap and -GidMap as 0:HOST:COUNT with your subordinate ids, or start the VM as root."
        );
    }

    private static bool IsOnly(IdRange range, uint id) => range.Host == id && range.Count == 1;

    private static IEnumerable<IdRange> AsRoot(IdRange range) => range.Guest == 0 ? [] : [range with { Host = 0 }];
}
