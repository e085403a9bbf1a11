using System.Collections.Immutable;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>The host's users that the guest gets, with their home directories (the spec, section 11.1, <c>--bind-user=</c>).</summary>
internal static class BoundUserResolver
{
    // systemd's range for users mapped into containers (its UIDS-GIDS.md): 60514 to 60577.
    private const uint FirstGuestUid = 60514;
    private const int MaximumCount = 64;

    /// <summary>The users in their order.</summary>
    /// <exception cref="VmSpawnException">One is unknown or no ordinary user, or there is none for a shell or group.</exception>
    public static ImmutableArray<ResolvedUser> Resolve(VmConfiguration configuration, IHost host)
    {
        if (configuration.BindUsers.IsEmpty)
        {
            CheckUnused(configuration);
            return [];
        }

        if (configuration.BindUsers.Length > MaximumCount)
        {
            throw ValueError.Create(
                "bind-user",
                configuration.BindUsers[MaximumCount].Value,
                $"more than {MaximumCount} users cannot be mapped",
                "Name fewer users."
            );
        }

        return [.. configuration.BindUsers.Select((name, index) => Resolve(configuration, host, name, index))];
    }

    private static ResolvedUser Resolve(VmConfiguration configuration, IHost host, UserName name, int index)
    {
        var user =
            host.FindUser(name.Value)
            ?? throw new VmSpawnException(
                "BindUserNotFound",
                VmErrorKind.NotFound,
                $"The user '{name}' (--bind-user) does not exist on this host.",
                name.Value,
                "Name a user of this host."
            );
        if (user.Uid == 0)
        {
            throw new VmSpawnException(
                "BindUserNotOrdinary",
                VmErrorKind.InvalidArgument,
                $"The user '{name}' (--bind-user) is not an ordinary one; the guest has its own.",
                name.Value,
                "Name an ordinary user."
            );
        }

        return new ResolvedUser(
            user.Name,
            user.Uid,
            user.Gid,
            FirstGuestUid + (uint)index,
            user.Home,
            configuration.BindUserShell.IsSameAsHost ? user.Shell : configuration.BindUserShell.Path
        );
    }

    private static void CheckUnused(VmConfiguration configuration)
    {
        var option =
            configuration.BindUserShell != UserShell.Default ? "--bind-user-shell"
            : configuration.BindUserGroups.IsEmpty ? null
            : "--bind-user-group";
        if (option is not null)
        {
            throw new VmSpawnException(
                "NoBoundUser",
                VmErrorKind.ConflictingArguments,
                $"{option} was given without a user to bind (--bind-user).",
                hint: "Add --bind-user, or leave it out."
            );
        }
    }
}
