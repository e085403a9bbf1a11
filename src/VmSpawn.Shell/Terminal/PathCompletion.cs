using System.Buffers;

namespace VmSpawn.Shell.Terminal;

/// <summary>Completes file names, which the engine leaves to a command that its package lacks.</summary>
internal static class PathCompletion
{
    private static readonly SearchValues<char> QuotedCharacters = SearchValues.Create(" '\"`$(){};,&|<>@#");

    /// <summary>Completes the word that ends at <paramref name="cursor"/>, or returns <see langword="null"/>.</summary>
    /// <param name="line">The line.</param>
    /// <param name="cursor">Where the cursor is.</param>
    /// <param name="location">Directory that relative names start from.</param>
    public static Completion? Complete(string line, int cursor, string location)
    {
        var start = line.LastIndexOf(' ', Math.Max(0, cursor - 1), Math.Max(0, cursor)) + 1;
        var word = line[start..cursor].Trim('\'', '"');
        var folder = word[..(word.LastIndexOf('/') + 1)];
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var place = Path.Combine(
            location,
            folder.StartsWith("~/", StringComparison.Ordinal) ? home + folder[1..] : folder
        );
        var names = new DirectoryInfo(place) is { Exists: true } directory
            ? directory.EnumerateFileSystemInfos(word[folder.Length..] + "*")
            : [];
        string[] candidates = [.. names.Select(entry => Written(folder, entry)).Order(StringComparer.Ordinal)];
        return candidates.Length > 0 ? new Completion(start, cursor - start, candidates) : null;
    }

    private static string Written(string folder, FileSystemInfo entry)
    {
        var path = folder + entry.Name + (entry is DirectoryInfo ? "/" : "");
        return path.AsSpan().ContainsAny(QuotedCharacters)
            ? $"'{path.Replace("'", "''", StringComparison.Ordinal)}'"
            : path;
    }
}
