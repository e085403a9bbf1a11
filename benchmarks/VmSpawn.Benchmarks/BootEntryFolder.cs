namespace VmSpawn.Benchmarks;

/// <summary>A directory tree with ten thousand boot entries of type 1, each with a kernel and an initrd.</summary>
internal sealed class BootEntryFolder
{
    private const int Count = 10_000;

    public BootEntryFolder(string tree)
    {
        Tree = tree;
        var entries = Directory.CreateDirectory(Path.Join(tree, "boot", "loader", "entries")).FullName;
        File.WriteAllText(Path.Join(tree, "boot", "linux"), "kernel");
        File.WriteAllText(Path.Join(tree, "boot", "initrd"), "initrd");
        Files = [.. Enumerable.Range(0, Count).Select(number => Write(entries, number))];
    }

    /// <summary>Root of the tree.</summary>
    public string Tree { get; }

    /// <summary>Paths of the entries.</summary>
    public IReadOnlyList<string> Files { get; }

    private static string Write(string directory, int number)
    {
        var path = Path.Join(directory, $"0123456789abcdef0123456789abcdef-6.{number}-amd64.conf");
        File.WriteAllText(
            path,
            $"title Debian\nsort-key debian\nversion 6.{number}-amd64\nmachine-id 0123456789abcdef0123456789abcdef\n"
                + "linux /linux\ninitrd /initrd\noptions root=LABEL=debian quiet\n"
        );
        return path;
    }
}
