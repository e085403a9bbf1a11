using System.Collections.Immutable;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Boot;

/// <summary>Reads entries of type 1: <c>loader/entries/*.conf</c>.</summary>
internal static class ConfEntryReader
{
    /// <summary>Most initrds that an entry may name; each is looked at.</summary>
    private const int InitrdLimit = 256;

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
        var options = new List<string>();
        var initrds = ImmutableArray.CreateBuilder<string>();
        foreach (var (key, value) in LoaderLines.Parse(content))
        {
            switch (key)
            {
                case var _ when value.Length == 0:
                    partition.Warn(file, $"the key '{OneLine.Of(key, 60)}' has no value.");
                    break;
                case "options":
                    options.Add(value);
                    break;
                case "initrd" when Resolve(file, key, value, partition) is { } initrd:
                    initrds.Add(initrd);
                    break;
                default:
                    entry = Apply(entry, key, value, partition);
                    break;
            }
        }

        entry = entry with
        {
            Options = options.Count == 0 ? null : string.Join(' ', options),
            Initrds = initrds.ToImmutable(),
        };
        return entry with { Problem = WhyUnusable(entry, partition) };
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
                return entry with { Architecture = EfiArchitecture.FromName(value) };
            case "linux" or "uki" when Resolve(entry.Path, key, value, partition) is { } kernel:
                return entry with { Kernel = kernel, IsUnified = key == "uki" };
            case "linux" or "uki" or "initrd":
                return entry;
            default:
                if (!OtherKeys.Contains(key))
                {
                    partition.Warn(entry.Path, $"the key '{OneLine.Of(key, 60)}' is unknown.");
                }

                return entry;
        }
    }

    private static string? Resolve(string file, string key, string value, BootPartition partition)
    {
        var path = LoaderPath.Resolve(partition.Root, value);
        if (path is null)
        {
            partition.Warn(file, $"the path of '{key}' is not allowed: {OneLine.Of(value, 200)}");
        }

        return path;
    }

    private static string? WhyUnusable(BootEntry entry, BootPartition partition)
    {
        if (entry.Kernel is not { } kernel)
        {
            return "it names no kernel that can be started directly";
        }

        if (entry.Initrds.Length > InitrdLimit)
        {
            return $"it names more than {InitrdLimit} initrds";
        }

        return partition.WhyUnusable("kernel", kernel)
            ?? entry
                .Initrds.Select(initrd => partition.WhyUnusable("initrd", initrd))
                .FirstOrDefault(reason => reason is not null);
    }
}
