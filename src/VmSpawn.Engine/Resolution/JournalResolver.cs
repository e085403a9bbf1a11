using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>Keeping the guest's journal on the host (the spec, section 8.4).</summary>
internal static class JournalResolver
{
    private const string Receiver = "systemd-journal-remote";

    /// <summary>Resolves it; <see langword="null"/> if it was not asked for.</summary>
    /// <exception cref="VmSpawnException">There is no VSOCK for it, no receiver, or limits without a journal.</exception>
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
                "Use -Vsock yes to learn why VSOCK is not available, or leave -ForwardJournal out."
            );
        }

        var receiver =
            host.Files.GetKind(host.JournalRemotePath) is FileKind.Regular
                ? host.JournalRemotePath
                : host.FindExecutable(Receiver)
                    ?? throw new HostRequirementException(
                        "JournalRemoteNotFound",
                        Receiver,
                        $"{Receiver} was not found, which receives the guest's journal.",
                        "Install it: apt install systemd-journal-remote, dnf install systemd-journal-remote; Arch has it in systemd."
                    );
        var isFile = output.Value.EndsWith(".journal", StringComparison.Ordinal);
        return new ResolvedJournal(receiver, output.Value, isFile, vsock.Cid, configuration.JournalLimits);
    }
}
