using System.Collections.Immutable;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Boot;

/// <summary>The kernel that a directory tree is booted with.</summary>
/// <param name="Entry">The entry it comes from.</param>
/// <param name="Kernel">Path of the kernel or unified kernel image.</param>
/// <param name="Initrds">Paths of the initrds, in order; none for a unified kernel image.</param>
/// <param name="IsUnified">True for a unified kernel image.</param>
/// <param name="Reason">Why it was this one, in a clause.</param>
/// <param name="Warnings">Entries that come before it, but cannot be used.</param>
public sealed record BootKernel(
    BootEntry Entry,
    string Kernel,
    ImmutableArray<string> Initrds,
    bool IsUnified,
    string Reason,
    ImmutableArray<string> Warnings
);

/// <summary>The boot menu of a directory tree (the spec, section 4).</summary>
/// <param name="Directory">The tree.</param>
/// <param name="Entries">Entries in the menu's order, best first, with those that cannot be used.</param>
/// <param name="DefaultPattern">Glob of the entry that <c>loader.conf</c> prefers, or <see langword="null"/>.</param>
/// <param name="Warnings">Files that were passed over, and why.</param>
public sealed record BootEntryList(
    string Directory,
    ImmutableArray<BootEntry> Entries,
    string? DefaultPattern,
    ImmutableArray<string> Warnings
)
{
    /// <summary>
    /// Reads the entries below <c>efi</c> (the EFI system partition) and <c>boot</c> (the extended boot loader partition)
    /// of a tree; either may be missing.
    /// </summary>
    /// <exception cref="VmSpawnException"><c>BootDirectoryIsLink</c>: a directory that would be searched is a link.</exception>
    public static BootEntryList Read(IHostFiles files, string directory)
    {
        var root = directory.Length > 1 ? directory.TrimEnd('/') : "";
        var warnings = new List<string>();
        var boundary = new TreeBoundary(files, root);
        var system = new BootPartition(files, boundary, $"{root}/efi", warnings);
        var extended = new BootPartition(files, boundary, $"{root}/boot", warnings);

        // Ties keep this order.
        var seen = new HashSet<(ulong, ulong)>();
        var entries = ConfEntryReader
            .ReadAll(system)
            .Concat(UnifiedEntryReader.ReadAll(system))
            .Concat(ConfEntryReader.ReadAll(extended))
            .Concat(UnifiedEntryReader.ReadAll(extended))
            .Where(entry => files.GetIdentity(entry.Path) is not { } identity || seen.Add(identity))
            .Order(BootEntryOrder.Instance)
            .ToImmutableArray();
        return new BootEntryList(directory, entries, ReadDefault(system), [.. warnings]);
    }

    /// <summary>The first entry that can be used, those that <c>loader.conf</c> prefers before the others.</summary>
    /// <exception cref="VmSpawnException"><c>BootKernelNotFound</c>: there is none.</exception>
    public BootKernel ChooseKernel()
    {
        var preferred = Entries.Where(IsPreferred).ToHashSet(ReferenceEqualityComparer.Instance);
        var skipped = new List<BootEntry>();
        foreach (var entry in Entries.OrderByDescending(preferred.Contains))
        {
            if (entry.Problem is not null)
            {
                skipped.Add(entry);
                continue;
            }

            var reason = preferred.Contains(entry)
                ? $"loader.conf prefers '{DefaultPattern}'"
                : "it is the first boot entry in the menu's order";
            return new BootKernel(
                entry,
                entry.Kernel!,
                entry.Initrds,
                entry.IsUnified,
                skipped.Count == 0 ? reason : "it is the first boot entry that can be used",
                [.. skipped.Select(other => $"Boot entry '{other.Id}' is passed over: {other.Problem}.")]
            );
        }

        throw NotFound(skipped);
    }

    private bool IsPreferred(BootEntry entry) =>
        DefaultPattern is { } pattern && Glob.Matches(pattern, entry.Id, ignoreCase: true);

    private VmSpawnException NotFound(List<BootEntry> skipped)
    {
        const int Shown = 3;
        var reasons = string.Join("; ", skipped.Take(Shown).Select(entry => $"'{entry.Id}': {entry.Problem}"));
        var found =
            skipped.Count == 0 ? "it has no boot entries" : $"{reasons}{(skipped.Count > Shown ? "; ..." : "")}";
        return new VmSpawnException(
            "BootKernelNotFound",
            VmErrorKind.NotFound,
            $"No kernel to boot was found in directory '{Directory}' ({found}), and none was given (--linux).",
            Directory,
            "Give a kernel with -Linux (--linux), or put an entry of the Boot Loader Specification into boot/loader/entries or a unified kernel image into boot/EFI/Linux of the directory."
        );
    }

    private static string? ReadDefault(BootPartition system)
    {
        if (system.ReadText("loader", "loader.conf") is not { } content)
        {
            return null;
        }

        // "@saved" and its like stand for EFI variables, which a directory tree has not.
        var pattern = LoaderLines.Parse(content).LastOrDefault(line => line.Key == "default").Value;
        return string.IsNullOrEmpty(pattern) || pattern.StartsWith('@') ? null : pattern;
    }
}
