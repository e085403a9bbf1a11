namespace VmSpawn.Engine.Configuration;

/// <summary>Whether a path is that of one journal file or of a directory of them: by its name (the spec, section 8.4).</summary>
public static class JournalPath
{
    /// <summary>What the name of a journal file ends in.</summary>
    public const string Suffix = ".journal";

    /// <summary>True for a journal file.</summary>
    public static bool IsFile(string path) => path.EndsWith(Suffix, StringComparison.Ordinal);
}
