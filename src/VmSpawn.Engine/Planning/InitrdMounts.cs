using System.Collections.Immutable;
using System.Text;
using VmSpawn.Engine.Boot;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning;

/// <summary>
/// Mounts that are made in the initrd, for guests whose systemd does not know <c>systemd.mount-extra=</c>: one more
/// archive behind the guest's own. An initrd of initramfs-tools reads the file <c>/conf/param.conf</c> in its shell after
/// each script (initramfs-tools(7)), also after the last ones, when the root is mounted.
/// </summary>
internal static class InitrdMounts
{
    private const string File = "conf/param.conf";

    /// <summary>The archive.</summary>
    public static ImmutableArray<byte> Compose(IEnumerable<ResolvedMount> mounts) =>
        CpioArchive.Create((File, Script(mounts)));

    /// <summary>The script; it has no more than the shell, mkdir and mount of the initrd.</summary>
    internal static string Script(IEnumerable<ResolvedMount> mounts)
    {
        var script = new StringBuilder();
        script.Append(
            """
            # Written by VmSpawn: mounts the directories of the host below the root, once it is there.
            vmspawn_mount() {
                mkdir -p "$rootmnt$2" && mount -t virtiofs -o "$3" "$1" "$rootmnt$2" || echo "vmspawn: cannot mount $1 on $2"
            }
            if [ -z "$vmspawn_done" ] && [ -n "$rootmnt" ]; then
                while read -r _ vmspawn_where _; do
                    [ "$vmspawn_where" = "$rootmnt" ] && vmspawn_done=1
                done </proc/mounts
                if [ -n "$vmspawn_done" ]; then

            """
        );
        foreach (var mount in mounts)
        {
            if (mount.Target is { } target)
            {
                script.Append(
                    $"        vmspawn_mount {ShellWord.Quote(mount.Tag)} {ShellWord.Quote(target)} {(mount.IsReadOnly ? "ro" : "rw")}\n"
                );
            }
        }

        return script.Append("    fi\nfi\n").ToString();
    }
}
