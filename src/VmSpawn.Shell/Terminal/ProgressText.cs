using System.Management.Automation;
using System.Text;

namespace VmSpawn.Shell.Terminal;

/// <summary>One progress record as one line.</summary>
internal static class ProgressText
{
    private const int BarWidth = 20;

    /// <summary>
    /// <c>Activity [#####               ]  25 % Status: operation (12 s left)</c>, with the bar only if there is a
    /// percentage; cut to <paramref name="width"/> columns.
    /// </summary>
    public static string Line(ProgressRecord record, int width)
    {
        var line = new StringBuilder();
        line.Append(record.ParentActivityId >= 0 ? "  " : "").Append(record.Activity).Append(' ');
        if (record.PercentComplete is >= 0 and <= 100)
        {
            var filled = BarWidth * record.PercentComplete / 100;
            line.Append('[').Append('#', filled).Append(' ', BarWidth - filled).Append(']');
            line.Append($"{record.PercentComplete, 4} % ");
        }

        line.Append(record.StatusDescription);
        if (!string.IsNullOrEmpty(record.CurrentOperation))
        {
            line.Append(": ").Append(record.CurrentOperation);
        }

        if (record.SecondsRemaining >= 0)
        {
            line.Append($" ({record.SecondsRemaining} s left)");
        }

        var text = line.Replace('\n', ' ').Replace('\r', ' ').Replace('\e', ' ').ToString();
        return text.Length <= width ? text : string.Concat(text.AsSpan(0, width - 1), "…");
    }
}
