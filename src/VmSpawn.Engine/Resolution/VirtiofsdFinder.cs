using System.Collections.Immutable;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>The virtiofsd of the host (the spec, section 3.3), and whether it can do what the mounts ask for.</summary>
internal static class VirtiofsdFinder
{
    private const string UsualUnshare = "/usr/bin/unshare";

    /// <summary>The program, or <see langword="null"/> if nothing is mounted.</summary>
    /// <exception cref="HostRequirementException">Something that is needed is not there, or cannot do it.</exception>
    public static ResolvedVirtiofsd? Find(ImmutableArray<ResolvedMount> mounts, IHost host, DecisionLog log)
    {
        if (mounts.IsEmpty)
        {
            return null;
        }

        var path =
            host.FindExecutable("virtiofsd")
            ?? host.VirtiofsdFallbacks.FirstOrDefault(path => host.Files.GetKind(path) is FileKind.Regular)
            ?? throw new HostRequirementException(
                "VirtiofsdNotFound",
                "virtiofsd",
                $"virtiofsd was not found, which shares '{mounts[0].Source}' with the guest.",
                "Install it: apt install virtiofsd (Debian 13 or later; before that it comes with qemu-system-common), dnf install virtiofsd, or pacman -S virtiofsd."
            );
        var found = new ResolvedVirtiofsd(
            host.ProbeVirtiofsd(path),
            host.IsPrivileged ? null : FindUnshare(host),
            host.UserId
        );
        log.Decide("virtiofsd", path, found.Program.Description);
        foreach (var mount in mounts)
        {
            Check(mount, found, host);
        }

        return found;
    }

    private static string FindUnshare(IHost host) =>
        host.FindExecutable("unshare")
        ?? (host.Files.GetKind(UsualUnshare) is FileKind.Regular ? UsualUnshare : null)
        ?? throw new HostRequirementException(
            "UnshareNotFound",
            "unshare",
            "The program unshare was not found, without which only root can run virtiofsd.",
            "Install util-linux."
        );

    private static void Check(ResolvedMount mount, ResolvedVirtiofsd virtiofsd, IHost host)
    {
        var program = virtiofsd.Program;
        var ids = MountIds.Of(mount, virtiofsd);
        if (ids.IsTranslated && !program.TranslatesIds)
        {
            throw new HostRequirementException(
                "VirtiofsdCannotTranslateIds",
                program.Path,
                $"User and group ids of '{mount.Source}' cannot be mapped: {program} does not translate them; the one written in Rust does, from version 1.13 on.",
                "Install the virtiofsd that is written in Rust, version 1.13 or later, and put it first in PATH."
            );
        }

        if (virtiofsd.Unshare is null)
        {
            return;
        }

        if (ids.Namespace is null && program.Kind is VirtiofsdKind.C)
        {
            throw new HostRequirementException(
                "VirtiofsdNeedsRoot",
                program.Path,
                $"'{mount.Source}' cannot be shared: {program} needs root, or ids of its own (-PrivateUsers auto); the one written in Rust does not.",
                "Install the virtiofsd that is written in Rust, and put it first in PATH."
            );
        }

        if (ids.Namespace is not null && host.FindExecutable("newuidmap") is null)
        {
            throw new HostRequirementException(
                "NewuidmapNotFound",
                "newuidmap",
                $"The ids of '{mount.Source}' cannot be mapped: the program newuidmap, by which an ordinary user does that, was not found.",
                "Install uidmap (Debian, Ubuntu), shadow-utils (Fedora), shadow (Arch)."
            );
        }
    }
}
