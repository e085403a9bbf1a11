using System.Collections.Immutable;

namespace VmSpawn.Engine.Boot;

/// <summary>Reads entries of type 1: <c>loader/entries/*.conf</c>.</summary>
internal static class ConfEntryReader
{
    private static readonly ImmutableHashSet<string> OtherKeys =
    [
        "efi",
        "devicetree",
        "devicetree-overlay",
        "grub_users",
        "grub_hotkey",
        "grub_class",
        "grub_arg",
        "profile",
        "uki-url",
        "extra",
    ];

    /// <summary>All of a partition.</summary>
    public static IEnumerable<BootEntry> ReadAll(BootPartition partition)
    {
        foreach (var file in partition.List("loader/entries", ".conf"))
        {
            if (partition.ReadText(file) is { } content)
            {
                yield return Read(partition, file, content);
            }
        }
    }

    internal static BootEntry Read(BootPartition partition, string file, byte[] content)
    {
        var name = BootEntryName.Parse(Path.GetFileName(file));
        var entry = new BootEntry
        {
            Id = name.Id,
            Type = BootEntryType.Conf,
            Path = file,
            TriesLeft = name.TriesLeft,
            TriesDone = name.TriesDone,
        };
        foreach (var (key, value) in LoaderLines.Parse(content))
        {
            if (value.Length == 0)
            {
                partition.Warn(file, $"the key '{Host.OneLine.Of(key, 60)}' has no value.");
                continue;
            }

            entry = Apply(entry, key, value, partition);
        }

        return entry with
        {
            Problem = WhyUnusable(entry, partition),
        };
    }

    private static BootEntry Apply(BootEntry entry, string key, string value, BootPartition partition)
    {
        switch (key)
        {
            case "title":
                return entry with { Title = value };
            case "sort-key":
                return entry with { SortKey = value };
            case "version":
                return entry with { Version = value };
            case "machine-id":
                return entry with { MachineId = value };
            case "architecture":
                return entry with { Architecture = value };
            case "options":
                return entry with { Options = entry.Options is null ? value : $"{entry.Options} {value}" };
            case "linux" or "uki" when Resolve(entry, key, value, partition) is { } kernel:
                return entry with { Kernel = kernel, IsUnified = key == "uki" };
            case "initrd" when Resolve(entry, key, value, partition) is { } initrd:
                return entry with { Initrds = entry.Initrds.Add(initrd) };
            case "linux" or "uki" or "initrd":
                return entry;
            default:
                if (!OtherKeys.Contains(key))
                {
                    partition.Warn(entry.Path, $"the key '{Host.OneLine.Of(key, 60)}' is unknown.");
                }

                return entry;
        }
    }

    private static string? Resolve(BootEntry entry, string key, string value, BootPartition partition)
    {
        var path = LoaderPath.Resolve(partition.Root, value);
        if (path is null)
        {
            partition.Warn(entry.Path, $"the path of '{key}' is not allowed: {Host.OneLine.Of(value, 200)}");
        }

        return path;
    }

    private static string? WhyUnusable(BootEntry entry, BootPartition partition)
    {
        if (entry.Kernel is not { } kernel)
        {
            return "it names no kernel that can be started directly";
        }

        return partition.WhyUnusable("kernel", kernel)
            ?? entry
                .Initrds.Select(initrd => partition.WhyUnusable("initrd", initrd))
                .FirstOrDefault(reason => reason is not null);
    }
}
