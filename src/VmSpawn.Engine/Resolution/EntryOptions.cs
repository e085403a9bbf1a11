using System.Collections.Immutable;
using VmSpawn.Engine.Boot;

namespace VmSpawn.Engine.Resolution;

/// <summary>What a boot entry adds to the kernel command line.</summary>
internal static class EntryOptions
{
    // They say where the root is when the system boots from its disk; a directory that is the root is elsewhere.
    private static readonly ImmutableHashSet<string> RootKeys =
    [
        "ro",
        "rw",
        "root",
        "rootflags",
        "rootfstype",
        "roothash",
        "mount.usr",
        "mount.usrflags",
        "mount.usrfstype",
        "usrhash",
    ];

    /// <summary>The words of an entry's options; without those that describe the root on a disk if the VM has none.</summary>
    public static ImmutableArray<string> Read(BootEntry entry, BootSource source, DecisionLog log)
    {
        var words = Split(entry.Options ?? "");
        if (source.Directory is null)
        {
            return words;
        }

        var left = words.Where(DescribesRoot).ToList();
        if (left.Count > 0)
        {
            log.Decide(
                "options",
                $"without {string.Join(' ', left)}",
                $"the root of boot entry '{entry.Id}' is the directory"
            );
        }

        return words.RemoveAll(DescribesRoot);
    }

    /// <summary>True if one of the words says where the root is.</summary>
    public static bool NameRoot(ImmutableArray<string> words) =>
        words.Any(word => Key(word) is "root" or "mount.usr" or "roothash" or "usrhash" && word.Contains('='));

    /// <summary>Words as the kernel takes them apart: at blanks, unless they are between double quotes.</summary>
    internal static ImmutableArray<string> Split(string text)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        var start = -1;
        var quoted = false;
        for (var i = 0; i <= text.Length; i++)
        {
            var ends = i == text.Length || (!quoted && char.IsWhiteSpace(text[i]));
            if (ends && start >= 0)
            {
                words.Add(text[start..i]);
                start = -1;
            }
            else if (!ends)
            {
                start = start < 0 ? i : start;
                quoted ^= text[i] == '"';
            }
        }

        return words.ToImmutable();
    }

    private static bool DescribesRoot(string word) => RootKeys.Contains(Key(word));

    private static string Key(string word) => word.Split('=', 2)[0];
}
