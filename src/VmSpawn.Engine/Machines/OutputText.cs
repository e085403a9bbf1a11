using System.Text;

namespace VmSpawn.Engine.Machines;

/// <summary>What programs wrote, made fit to be quoted.</summary>
internal static class OutputText
{
    /// <summary>How many bytes of a log are worth quoting.</summary>
    public const int QuotedBytes = 4096;

    private const int QuotedLines = 20;

    /// <summary>The last lines of a program's output, without control characters a terminal would obey.</summary>
    public static string LastLines(ReadOnlySpan<byte> output)
    {
        var end = output[^Math.Min(output.Length, QuotedBytes)..];
        var lines = Encoding.UTF8.GetString(end).Split('\n', StringSplitOptions.TrimEntries);
        return string.Join('\n', lines.Where(line => line.Length > 0).TakeLast(QuotedLines).Select(Clean));
    }

    private static string Clean(string line) => string.Concat(line.Where(c => !char.IsControl(c) || c == '\t'));
}
