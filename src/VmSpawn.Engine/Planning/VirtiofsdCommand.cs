using System.Collections.Immutable;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning;

/// <summary>
/// How virtiofsd is run for one directory (the spec, section 8.4). What a kind of it cannot do by itself is done around
/// it, in namespaces of its own. The layer of an ephemeral tree belongs to one guest, which may cache all of it.
/// </summary>
internal static class VirtiofsdCommand
{
    private const int Listener = 3;

    /// <summary>The helper.</summary>
    /// <param name="id">Its name in the plan.</param>
    /// <param name="socket">Where QEMU finds it.</param>
    /// <param name="mount">What it serves.</param>
    /// <param name="virtiofsd">The program.</param>
    public static PlannedHelper Compose(string id, string socket, ResolvedMount mount, ResolvedVirtiofsd virtiofsd)
    {
        var program = virtiofsd.Program;
        var ids = MountIds.Of(mount, virtiofsd);
        var view =
            mount.IsEphemeral ? DirectoryView.Ephemeral
            : mount.IsReadOnly && !program.RefusesWrites ? DirectoryView.ReadOnly
            : DirectoryView.Itself;
        return new PlannedHelper
        {
            Id = id,
            Argv =
            [
                program.Path,
                .. program.Kind is VirtiofsdKind.Rust ? RustWords(mount, program, ids) : CWords(mount),
            ],
            ListenPath = socket,
            ListenDescriptor = Listener,
            Namespace =
                view is DirectoryView.Itself && virtiofsd.Unshare is null
                    ? null
                    : new HelperNamespace(mount.Source, view) { UserNamespace = UserNamespace(virtiofsd.Unshare, ids) },
        };
    }

    private static IEnumerable<string> RustWords(ResolvedMount mount, VirtiofsdProgram program, MountIds ids)
    {
        yield return "--shared-dir";
        yield return mount.Source;
        yield return "--xattr";
        yield return "--fd";
        yield return $"{Listener}";
        if (program.AnnouncesSubmounts)
        {
            yield return "--no-announce-submounts";
        }

        yield return "--log-level=error";
        if (mount.IsEphemeral)
        {
            yield return "--cache=always";
        }

        if (mount.IsReadOnly && program.RefusesWrites)
        {
            yield return "--readonly";
        }

        foreach (var (option, ranges) in new[] { ("--translate-uid", ids.Uids), ("--translate-gid", ids.Gids) })
        {
            foreach (var range in ranges)
            {
                yield return option;
                yield return $"map:{range}";
            }
        }
    }

    private static string[] CWords(ResolvedMount mount) =>
        [
            $"--fd={Listener}",
            "-o",
            $"source={Escape(mount.Source)}",
            "-o",
            "xattr",
            "-o",
            "log_level=err",
            .. mount.IsEphemeral ? ["-o", "cache=always"] : Array.Empty<string>(),
        ];

    // Its option lists are FUSE's: a comma ends a value unless a backslash is before it.
    private static string Escape(string path) =>
        path.Replace(@"\", @"\\", StringComparison.Ordinal).Replace(",", @"\,", StringComparison.Ordinal);

    // The form outer,inner,count is understood by every unshare that has these options, of util-linux 2.38 and later.
    private static ImmutableArray<string> UserNamespace(string? unshare, MountIds ids) =>
        (unshare, ids.Namespace) switch
        {
            (null, _) => [],
            (_, null) => [unshare, "--user", "--map-root-user", "--"],
            (_, ({ } uids, { } gids)) =>
            [
                unshare,
                "--user",
                $"--map-users={Words(uids)}",
                $"--map-groups={Words(gids)}",
                "--setuid",
                "0",
                "--setgid",
                "0",
                "--",
            ],
        };

    private static string Words(IdRange range) => $"{range.Host},{range.Guest},{range.Count}";
}
