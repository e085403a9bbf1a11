namespace VmSpawn.Engine.Journal;

/// <summary>
/// What tells that a journal was written to: number, size and time of its files. Who appends an entry sets the time, although
/// he writes through memory.
/// </summary>
internal readonly record struct JournalState(int Files, long Length, DateTime Written)
{
    private static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true };

    /// <summary>No file is there.</summary>
    public static JournalState None => default;

    /// <summary>That of a journal file, or of a directory of them.</summary>
    public static JournalState Of(string path)
    {
        if (!Directory.Exists(path))
        {
            return None.With(new FileInfo(path));
        }

        var state = None;
        foreach (var file in new DirectoryInfo(path).EnumerateFiles("*", Everywhere))
        {
            state = state.With(file);
        }

        return state;
    }

    private JournalState With(FileInfo file)
    {
        try
        {
            return new JournalState(
                Files + 1,
                Length + file.Length,
                file.LastWriteTimeUtc > Written ? file.LastWriteTimeUtc : Written
            );
        }
        catch (FileNotFoundException)
        {
            // It is not there yet, or was removed because the journal has become too large.
            return this;
        }
    }
}
