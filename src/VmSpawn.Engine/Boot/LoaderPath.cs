namespace VmSpawn.Engine.Boot;

/// <summary>Paths in entries: relative to the partition, with or without a slash in front (the spec, section 4).</summary>
internal static class LoaderPath
{
    /// <summary>Longest path, in characters: more than FAT file systems have (260), and short enough to be resolved quickly.</summary>
    private const int LengthLimit = 1024;

    /// <summary>The path below the partition's directory, or <see langword="null"/> if the text may not be used.</summary>
    public static string? Resolve(string partition, string text)
    {
        if (text.Length is 0 or > LengthLimit || text.EndsWith('/') || text.Contains('\0'))
        {
            return null;
        }

        var components = text.Split('/', StringSplitOptions.RemoveEmptyEntries);

        // There is nothing above the root: leading ".." stay there.
        var first = 0;
        while (first < components.Length && components[first] == "..")
        {
            first++;
        }

        var kept = components.AsSpan(first);
        return kept.IsEmpty || kept.Contains("..") || kept.Contains(".")
            ? null
            : $"{partition}/{string.Join('/', kept.ToArray())}";
    }
}
