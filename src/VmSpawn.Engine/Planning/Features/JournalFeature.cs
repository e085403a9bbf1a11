using System.Collections.Immutable;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>The receiver of the guest's journal, on a VSOCK port of the host of which a credential tells the guest.</summary>
internal static class JournalFeature
{
    public static void Plan(ResolvedVm vm, PlanBuilder plan)
    {
        if (vm.Journal is not { } journal)
        {
            return;
        }

        var words = ImmutableArray.CreateBuilder<string>();
        words.AddRange(journal.Receiver, "--output", journal.Output, "--split-mode", journal.IsFile ? "none" : "host");
        AddLimits(words, journal.Limits);
        plan.AddHelper(
            new PlannedHelper
            {
                Id = "journal",
                // The receiver writes into a directory, but does not make it.
                Directories = [journal.IsFile ? Path.GetDirectoryName(journal.Output)! : journal.Output],
                Argv = words.ToImmutable(),
                ListenPath = journal.SocketPath,
                ListenVsockPort = journal.SocketPath is null ? journal.Port : null,
                IsActivated = true,
                Drains = true,
            }
        );
        // Two receivers that write to one file get in each other's way. That of a directory names its files after who sends:
        // guests in user space have all the same name.
        if (journal is { Exists: true } and ({ IsFile: true } or { SocketPath: not null }))
        {
            plan.AddClaim(new ImageClaim(journal.Output, Writable: true));
        }
    }

    private static void AddLimits(ImmutableArray<string>.Builder words, JournalLimits limits)
    {
        foreach (
            var (option, value) in ((string, ulong?)[])
                [
                    ("max-use", limits.MaxUse?.Bytes),
                    ("keep-free", limits.KeepFree?.Bytes),
                    ("max-file-size", limits.MaxFileSize?.Bytes),
                    ("max-files", limits.MaxFiles),
                ]
        )
        {
            if (value is not null)
            {
                words.Add($"--{option}={value}");
            }
        }
    }
}
