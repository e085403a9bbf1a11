namespace VmSpawn.Engine.Console;

/// <summary>Takes what a guest writes apart into lines.</summary>
/// <param name="start">Place of the first byte that will be given.</param>
public sealed class LineSplitter(long start)
{
    // A guest that never ends its line is taken as one that has.
    private const int LongestLine = 64 * 1024;

    private readonly List<byte> pending = [];
    private long position = start;

    /// <summary>The line that has not ended yet, or <see langword="null"/> if there is nothing of it.</summary>
    public ConsoleLine? Unfinished => pending.Count == 0 ? null : Line(isComplete: false);

    /// <summary>Adds bytes.</summary>
    /// <returns>The lines that they complete.</returns>
    public IReadOnlyList<ConsoleLine> Add(ReadOnlySpan<byte> bytes)
    {
        var lines = new List<ConsoleLine>();
        foreach (var b in bytes)
        {
            position++;
            if (b != (byte)'\n')
            {
                pending.Add(b);
            }

            if (b == (byte)'\n' || pending.Count == LongestLine)
            {
                lines.Add(Line(isComplete: true));
                pending.Clear();
            }
        }

        return lines;
    }

    private ConsoleLine Line(bool isComplete)
    {
        var first = lineStart;
        if (isComplete)
        {
            lineStart = position;
        }

        return new ConsoleLine(first, position, pending.ToArray(), isComplete);
    }

    private long lineStart = start;
}
