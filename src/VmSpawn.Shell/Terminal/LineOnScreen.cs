namespace VmSpawn.Shell.Terminal;

/// <summary>Draws a line being edited, over as many rows as it needs.</summary>
/// <param name="left">Column where the line starts, after the prompt.</param>
/// <param name="mask">Show an asterisk for each character.</param>
internal sealed class LineOnScreen(int left, bool mask)
{
    private int row;

    /// <summary>Shows <paramref name="text"/> with the cursor before its character <paramref name="cursor"/>.</summary>
    public void Show(string text, int cursor)
    {
        var width = Math.Max(1, Console.WindowWidth);
        var shown = mask ? new string('*', text.Length) : text;
        var end = left + shown.Length;

        // A character in the last column leaves the cursor hanging there; a space and a return bring it down.
        var wrap = end > 0 && end % width == 0 ? " \r" : "";
        Console.Out.Write($"{Up(row)}\r{Right(left)}\e[0J{shown}{wrap}");
        var target = (left + cursor) / width;
        Console.Out.Write($"{Up((end / width) - target)}\r{Right((left + cursor) % width)}");
        row = target;
    }

    private static string Up(int rows) => rows > 0 ? $"\e[{rows}A" : "";

    private static string Right(int columns) => columns > 0 ? $"\e[{columns}C" : "";
}
