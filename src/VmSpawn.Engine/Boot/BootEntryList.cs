using System.Collections.Immutable;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Boot;

/// <summary>The boot menu of a directory tree (the spec, section 4) or of a disk image.</summary>
/// <param name="Source">The tree or image.</param>
/// <param name="Entries">Entries in the menu's order, best first, with those that cannot be used.</param>
/// <param name="DefaultPattern">Glob of the entry that <c>loader.conf</c> prefers, or <see langword="null"/>.</param>
/// <param name="Warnings">Files that were passed over, and why.</param>
/// <param name="Rules">By whose rules it was read.</param>
public sealed record BootEntryList(
    string Source,
    ImmutableArray<BootEntry> Entries,
    string? DefaultPattern,
    ImmutableArray<string> Warnings,
    BootEntryRules Rules = BootEntryRules.Specification
)
{
    /// <summary>Most entries that were passed over that are named one by one.</summary>
    private const int Named = 20;

    private const int PatternLimit = 1024;

    /// <summary>
    /// Reads the entries below <c>efi</c> (the EFI system partition) and <c>boot</c> (the extended boot loader partition)
    /// of a tree; either may be missing. By the Boot Loader Specification's rules an EFI system partition that is mounted
    /// at <c>boot/efi</c> is found, too, where <c>efi</c> is missing or empty.
    /// </summary>
    /// <exception cref="VmSpawnException"><c>BootDirectoryIsLink</c>: a directory that would be searched is a link.</exception>
    public static BootEntryList Read(
        IHostFiles files,
        string directory,
        BootEntryRules rules = BootEntryRules.Specification
    )
    {
        var root = directory.Length > 1 ? directory.TrimEnd('/') : "";
        var list = Read(files, root, SystemRoot(files, root, rules), $"{root}/boot", rules, new BootWarnings());
        return list with
        {
            Source = directory,
            Entries = [.. list.Entries.Select(entry => entry with { Directory = directory })],
        };
    }

    /// <summary>Reads the entries in the EFI system partition and extended boot loader partition of a raw disk image.</summary>
    /// <exception cref="VmSpawnException">
    /// <c>BootImageNotRaw</c>, <c>BootPartitionTableNotFound</c>, <c>BootPartitionNotFound</c> or
    /// <c>InvalidFatFileSystem</c>.
    /// </exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller may not read it.</exception>
    public static BootEntryList ReadImage(IHostFiles files, string image)
    {
        using var tree = BootImage.Open(files, image);
        var warnings = new BootWarnings();
        if (tree.Warning is { } warning)
        {
            warnings.Add(warning);
        }

        var list = Read(tree, "", BootImage.SystemRoot, BootImage.ExtendedRoot, BootEntryRules.Specification, warnings);
        return list with { Source = image, Entries = [.. list.Entries.Select(entry => entry with { Image = image })] };
    }

    /// <summary>
    /// The entry that is booted if nobody chooses: the first that can be used by a guest of that architecture, those that
    /// <c>loader.conf</c> prefers before the others; without any for that architecture the first for another;
    /// <see langword="null"/> if none can be used.
    /// </summary>
    /// <param name="architecture">The guest's architecture in QEMU's spelling.</param>
    public BootEntry? FindDefault(string architecture) =>
        Candidates().FirstOrDefault(entry => WhyNot(entry, architecture) is null)
        ?? Candidates().FirstOrDefault(entry => entry.Problem is null);

    /// <summary>The first entry that can be used, those that <c>loader.conf</c> prefers before the others.</summary>
    /// <param name="architecture">The guest's architecture in QEMU's spelling; <see langword="null"/> to take any.</param>
    /// <exception cref="VmSpawnException"><c>BootKernelNotFound</c>: there is none.</exception>
    public BootKernel ChooseKernel(string? architecture = null)
    {
        var skipped = new List<(BootEntry Entry, string Reason)>();
        foreach (var entry in Candidates())
        {
            if (WhyNot(entry, architecture) is { } reason)
            {
                skipped.Add((entry, reason));
                continue;
            }

            return new BootKernel(
                entry,
                entry.Kernel!,
                entry.Initrds,
                entry.IsUnified,
                skipped.Count > 0 ? "it is the first boot entry that can be used"
                    : IsPreferred(entry) ? $"loader.conf prefers '{DefaultPattern}'"
                    : "it is the first boot entry in the menu's order",
                Describe(skipped)
            );
        }

        throw NotFound(skipped);
    }

    private static BootEntryList Read(
        IFileTree files,
        string root,
        string systemRoot,
        string extendedRoot,
        BootEntryRules rules,
        BootWarnings warnings
    )
    {
        var boundary = new TreeBoundary(files, root);
        var system = new BootPartition(files, boundary, systemRoot, warnings);
        var extended = new BootPartition(files, boundary, extendedRoot, warnings);

        // Ties keep this order.
        var seen = new HashSet<(ulong, ulong)>();
        var entries = ConfEntryReader
            .ReadAll(system)
            .Concat(UnifiedEntryReader.ReadAll(system))
            .Concat(ConfEntryReader.ReadAll(extended))
            .Concat(UnifiedEntryReader.ReadAll(extended))
            .Where(entry => files.GetIdentity(entry.Path) is not { } identity || seen.Add(identity))
            .Order(new BootEntryOrder(rules))
            .ToImmutableArray();
        return new BootEntryList(root, entries, ReadDefault(system), warnings.ToList(), rules);
    }

    private static string SystemRoot(IHostFiles files, string root, BootEntryRules rules)
    {
        var usual = $"{root}/efi";
        var other = $"{root}/boot/efi";
        return
            rules is BootEntryRules.Specification
            && !files.EnumerateNames(usual).Any()
            && files.GetKind(other) is FileKind.Directory
            ? other
            : usual;
    }

    private IEnumerable<BootEntry> Candidates()
    {
        var preferred = Entries.Where(IsPreferred).ToHashSet(ReferenceEqualityComparer.Instance);
        return preferred.Count == 0 ? Entries : Entries.OrderByDescending(preferred.Contains);
    }

    private bool IsPreferred(BootEntry entry) =>
        DefaultPattern is { } pattern && Glob.Matches(pattern, entry.Id, ignoreCase: true);

    private string? WhyNot(BootEntry entry, string? architecture) =>
        entry.Problem
        ?? (
            Rules is BootEntryRules.Specification
            && architecture is not null
            && entry.Architecture is { } other
            && other != architecture
                ? $"it is for the architecture {OneLine.Of(other, 60)}"
                : null
        );

    private static ImmutableArray<string> Describe(List<(BootEntry Entry, string Reason)> skipped)
    {
        var texts = skipped.Take(Named).Select(item => $"Boot entry '{item.Entry.Id}' is passed over: {item.Reason}.");
        return skipped.Count <= Named
            ? [.. texts]
            : [.. texts, $"{skipped.Count - Named} more boot entries are passed over."];
    }

    private VmSpawnException NotFound(List<(BootEntry Entry, string Reason)> skipped)
    {
        const int Shown = 3;
        var reasons = string.Join("; ", skipped.Take(Shown).Select(item => $"'{item.Entry.Id}': {item.Reason}"));
        var found =
            skipped.Count == 0 ? "it has no boot entries" : $"{reasons}{(skipped.Count > Shown ? "; ..." : "")}";
        return new VmSpawnException(
            "BootKernelNotFound",
            VmErrorKind.NotFound,
            $"No kernel to boot was found in directory '{Source}' ({found}), and none was given (--linux).",
            Source,
            "Give a kernel with -Linux (--linux), or put an entry of the Boot Loader Specification into boot/loader/entries or a unified kernel image into boot/EFI/Linux of the directory."
        );
    }

    private static string? ReadDefault(BootPartition system)
    {
        if (system.ReadText("loader", "loader.conf") is not { } content)
        {
            return null;
        }

        // An id has 255 characters; a long pattern would only cost time.
        // "@saved" and its like stand for EFI variables, which a directory tree has not.
        var pattern = LoaderLines.Parse(content).LastOrDefault(line => line.Key == "default").Value;
        return string.IsNullOrEmpty(pattern) || pattern.Length > PatternLimit || pattern.StartsWith('@')
            ? null
            : pattern;
    }
}
