using System.Collections.Immutable;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>The directories that the guest sees (the spec, section 9).</summary>
internal static class MountResolver
{
    private const string RootTag = "root";

    /// <summary>The root first, if the VM boots from a directory, then the others in their order, then home directories.</summary>
    /// <exception cref="VmSpawnException">A directory is missing or none.</exception>
    public static ImmutableArray<ResolvedMount> Resolve(
        VmConfiguration configuration,
        HostPath? directory,
        (IdRange Uids, IdRange Gids)? privateUsers,
        ImmutableArray<ResolvedUser> users,
        IHostFiles files
    )
    {
        var mounts = ImmutableArray.CreateBuilder<ResolvedMount>();
        if (directory is not null)
        {
            CheckTree(files, directory);
            mounts.Add(
                new ResolvedMount(RootTag, directory.Value, null, IsReadOnly: false)
                {
                    IsEphemeral = configuration.Ephemeral,
                    Uids = privateUsers is { Uids: var uids } ? [uids] : [],
                    Gids = privateUsers is { Gids: var gids } ? [gids] : [],
                }
            );
        }
        else if (privateUsers is not null)
        {
            var ids = configuration.PrivateUsers?.ToString() ?? "auto";
            throw new VmSpawnException(
                "PrivateUsersNeedsDirectory",
                VmErrorKind.ConflictingArguments,
                $"The id mapping '{ids}' (--private-users) has a meaning only for a VM that boots from a directory.",
                ids,
                "Leave -PrivateUsers out, or use -Directory."
            );
        }

        foreach (var bind in configuration.Binds)
        {
            CheckDirectory(files, bind.Source, "BindSource", bind.IsReadOnly ? "bind-ro" : "bind");
            mounts.Add(
                new ResolvedMount($"mnt{mounts.Count}", bind.Source, bind.Target, bind.IsReadOnly)
                {
                    Uids = bind.UidMap,
                    Gids = bind.GidMap,
                }
            );
        }

        // Whether a home directory is there is left to virtiofsd: it may be mounted on demand.
        foreach (var user in users)
        {
            mounts.Add(
                new ResolvedMount($"mnt{mounts.Count}", user.HostHome, user.GuestHome, IsReadOnly: false)
                {
                    Uids = [new IdRange(user.GuestUid, user.HostUid, 1)],
                    Gids = [new IdRange(user.GuestUid, user.HostGid, 1)],
                }
            );
        }

        return mounts.ToImmutable();
    }

    /// <summary>The tree to boot from is there, so that nobody looks for a kernel in a file.</summary>
    /// <exception cref="VmSpawnException">It is missing or no directory.</exception>
    public static void CheckTree(IHostFiles files, HostPath directory) =>
        CheckDirectory(files, directory.Value, "Directory", "directory");

    private static void CheckDirectory(IHostFiles files, string path, string what, string option)
    {
        switch (files.GetKind(path))
        {
            case FileKind.Directory:
                return;
            case FileKind.Missing:
                throw new VmSpawnException(
                    $"{what}NotFound",
                    VmErrorKind.NotFound,
                    $"Invalid {option} '{path}': it does not exist.",
                    path,
                    "Check the path."
                );
            case FileKind.Inaccessible:
                throw HostFileCheck.Denied(
                    $"{what}NotReadable",
                    $"Invalid {option} '{path}': it cannot be reached, permission denied.",
                    path
                );
            default:
                throw new VmSpawnException(
                    $"{what}NotADirectory",
                    VmErrorKind.InvalidArgument,
                    $"Invalid {option} '{path}': it is no directory.",
                    path,
                    "Give the path of a directory."
                );
        }
    }
}
