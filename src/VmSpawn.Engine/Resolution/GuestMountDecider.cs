using System.Collections.Immutable;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>
/// Who in the guest mounts the directories of the host. The kernel command line says what to mount, and systemd reads it
/// from version 254 on; a tree with an older one, or with none, can do it in an initrd of initramfs-tools.
/// </summary>
internal static class GuestMountDecider
{
    // systemd.mount-extra= (systemd-fstab-generator(8)).
    private const int FirstVersion = 254;

    /// <summary>True if the initrd has to do it.</summary>
    public static bool NeedsInitrd(
        string? tree,
        ResolvedKernel? kernel,
        ImmutableArray<ResolvedMount> mounts,
        IHostFiles files,
        DecisionLog log
    )
    {
        if (tree is null || mounts.All(mount => mount.Target is null))
        {
            return false;
        }

        var version = TreeSystemd.VersionOf(tree, files);
        if (version >= FirstVersion)
        {
            return false;
        }

        var hasTools = files.GetKind($"{tree}/usr/share/initramfs-tools") is FileKind.Directory;
        var guest = version is null
            ? "the tree has no systemd"
            : $"the tree's systemd {version} is older than {FirstVersion}";
        if (hasTools && kernel is { IsUki: false, Initrds.IsEmpty: false })
        {
            log.Decide("mounts", "in the initrd", guest);
            return true;
        }

        if (version is not null)
        {
            log.Warn(
                $"The guest will not mount the directories of -Bind: {guest}, and its initrd is not known to be one of initramfs-tools. Mount them in the guest by their tags: {string.Join(", ", mounts.Where(mount => mount.Target is not null).Select(mount => $"{mount.Tag} is {mount.Source}"))}."
            );
        }

        return false;
    }
}
