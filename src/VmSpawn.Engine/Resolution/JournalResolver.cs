using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>Keeping the guest's journal on the host (the spec, section 8.4).</summary>
internal static class JournalResolver
{
    private const string Receiver = "systemd-journal-remote";

    /// <summary>Resolves it; <see langword="null"/> if it was not asked for.</summary>
    /// <exception cref="VmSpawnException">
    /// There is no VSOCK for it, no receiver, the receiver knows no limits, or there are limits without a journal.
    /// </exception>
    public static ResolvedJournal? Resolve(VmConfiguration configuration, ResolvedVsock? vsock, IHost host)
    {
        if (configuration.ForwardJournal is not { } output)
        {
            return configuration.JournalLimits == JournalLimits.None
                ? null
                : throw new VmSpawnException(
                    "JournalLimitsNeedJournal",
                    VmErrorKind.ConflictingArguments,
                    "Limits for a forwarded journal were given without --forward-journal.",
                    hint: "Add -ForwardJournal, or leave the limits out."
                );
        }

        if (vsock is null)
        {
            throw new VmSpawnException(
                "JournalNeedsVsock",
                VmErrorKind.ConflictingArguments,
                $"The journal cannot be forwarded to '{output}': that needs VSOCK, and the VM has none.",
                output.Value,
                configuration.Vsock is Tristate.No
                    ? "Leave -Vsock no out, or leave -ForwardJournal out."
                    : "Install vhost-device-vsock, which needs neither a device nor a privilege; or use -Vsock yes to learn why VSOCK is not available; or leave -ForwardJournal out."
            );
        }

        var receiver = FindReceiver(host);
        var isFile = JournalPath.IsFile(output.Value);
        var kind = CheckOutput(output.Value, isFile, host.Files.GetKind(output.Value));
        CheckLimits(configuration.JournalLimits, receiver, host);
        // The port is the guest's identifier, as the original has it.
        return new ResolvedJournal(receiver, output.Value, isFile, vsock.Cid, configuration.JournalLimits)
        {
            SocketPath = vsock.HostSocketPath(vsock.Cid),
            Exists = kind is not FileKind.Missing,
        };
    }

    private static string FindReceiver(IHost host) =>
        host.FindExecutable(Receiver)
        ?? (host.Files.GetKind(host.JournalRemotePath) is FileKind.Regular ? host.JournalRemotePath : null)
        ?? throw new HostRequirementException(
            "JournalRemoteNotFound",
            Receiver,
            $"{Receiver} was not found, which receives the guest's journal.",
            "Install it: apt install systemd-journal-remote, dnf install systemd-journal-remote; Arch has it in systemd (and needs libmicrohttpd)."
        );

    private static FileKind CheckOutput(string output, bool isFile, FileKind kind) =>
        kind is FileKind.Missing || kind == (isFile ? FileKind.Regular : FileKind.Directory)
            ? kind
            : throw new VmSpawnException(
                "JournalOutputNotUsable",
                VmErrorKind.InvalidArgument,
                kind is FileKind.Inaccessible
                    ? $"The journal cannot be written to '{output}', which you may not access."
                    : $"The journal cannot be written to '{output}', which is no {(isFile ? "file" : "directory")}.",
                output,
                $"A path that ends in {JournalPath.Suffix} is a journal file, every other one a directory of journal files."
            );

    private static void CheckLimits(JournalLimits limits, string receiver, IHost host)
    {
        if (limits != JournalLimits.None && !host.JournalRemoteTakesLimits(receiver))
        {
            throw new HostRequirementException(
                "JournalLimitsNotSupported",
                receiver,
                $"The journal cannot be limited: '{receiver}' of this system has no options for it (--max-use= and its like).",
                "Leave the limits out, install a systemd whose systemd-journal-remote --help lists --max-use=, or limit the journals of all VMs in journal-remote.conf (from systemd 253 on)."
            );
        }
    }
}
