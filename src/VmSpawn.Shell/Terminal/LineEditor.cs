using System.Text;

namespace VmSpawn.Shell.Terminal;

/// <summary>
/// Edits one line on a terminal, key by key, because the runtime's own line reader cannot be interrupted: arrows, Home,
/// End, Backspace, Delete, Ctrl+A/E/U/W, history on the vertical arrows, completion on Tab.
/// </summary>
/// <param name="history">Earlier lines, oldest first.</param>
/// <param name="complete">Completes a line at a cursor position.</param>
internal sealed class LineEditor(IReadOnlyList<string>? history = null, Func<string, int, Completion?>? complete = null)
{
    private static readonly PendingRead<ConsoleKeyInfo> NextKey = new(() => Console.ReadKey(intercept: true));

    private readonly IReadOnlyList<string> history = history ?? [];
    private readonly StringBuilder text = new();
    private int cursor;
    private int historyAt;
    private Completion? completion;
    private int completionAt;

    /// <summary>Reads one line that starts where the cursor is.</summary>
    /// <param name="mask">Show an asterisk for each character.</param>
    /// <param name="stop">Ends the wait for the next key.</param>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public EditedLine Read(bool mask, CancellationToken stop)
    {
        historyAt = history.Count;
        var (left, _) = Console.GetCursorPosition();
        var screen = new LineOnScreen(left, mask);
        Console.TreatControlCAsInput = true;
        try
        {
            while (true)
            {
                screen.Show(text.ToString(), cursor);
                if (Apply(NextKey.Take(stop)) is { } line)
                {
                    screen.Show(text.ToString(), text.Length);
                    Console.Out.Write(line.Interrupted ? "^C\n" : "\n");
                    return line;
                }
            }
        }
        catch (InvalidOperationException)
        {
            // The terminal went away while we waited for a key.
            return new EditedLine(null);
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    private EditedLine? Apply(ConsoleKeyInfo key)
    {
        if (key.Key == ConsoleKey.Tab)
        {
            CompleteNext();
            return null;
        }

        completion = null;
        if (key.Modifiers.HasFlag(ConsoleModifiers.Control) && ApplyControl(key.Key) is var (handled, line) && handled)
        {
            return line;
        }

        switch (key.Key)
        {
            case ConsoleKey.Enter:
                return new EditedLine(text.ToString());
            case ConsoleKey.Backspace when cursor > 0:
                text.Remove(--cursor, 1);
                break;
            case ConsoleKey.Delete when cursor < text.Length:
                text.Remove(cursor, 1);
                break;
            case ConsoleKey.LeftArrow:
                cursor = Math.Max(0, cursor - 1);
                break;
            case ConsoleKey.RightArrow:
                cursor = Math.Min(text.Length, cursor + 1);
                break;
            case ConsoleKey.Home:
                cursor = 0;
                break;
            case ConsoleKey.End:
                cursor = text.Length;
                break;
            case ConsoleKey.UpArrow:
                Recall(historyAt - 1);
                break;
            case ConsoleKey.DownArrow:
                Recall(historyAt + 1);
                break;
            default:
                if (!char.IsControl(key.KeyChar))
                {
                    text.Insert(cursor++, key.KeyChar);
                }

                break;
        }

        return null;
    }

    private (bool Handled, EditedLine? Line) ApplyControl(ConsoleKey key)
    {
        switch (key)
        {
            case ConsoleKey.C:
                return (true, new EditedLine("", Interrupted: true));
            case ConsoleKey.D when text.Length == 0:
                return (true, new EditedLine(null));
            case ConsoleKey.A:
                cursor = 0;
                return (true, null);
            case ConsoleKey.E:
                cursor = text.Length;
                return (true, null);
            case ConsoleKey.U:
                text.Remove(0, cursor);
                cursor = 0;
                return (true, null);
            case ConsoleKey.W:
                var start = text.ToString(0, cursor).TrimEnd().LastIndexOf(' ') + 1;
                text.Remove(start, cursor - start);
                cursor = start;
                return (true, null);
            default:
                return (false, null);
        }
    }

    private void Recall(int index)
    {
        if (index < 0 || index > history.Count)
        {
            return;
        }

        historyAt = index;
        text.Clear().Append(index == history.Count ? "" : history[index]);
        cursor = text.Length;
    }

    /// <summary>The first Tab asks for the candidates and takes the first, each further one takes the next.</summary>
    private void CompleteNext()
    {
        if (completion is null)
        {
            completion = complete?.Invoke(text.ToString(), cursor);
            completionAt = -1;
        }

        if (completion is not { Candidates.Count: > 0 })
        {
            completion = null;
            return;
        }

        var oldLength = completionAt < 0 ? completion.Length : completion.Candidates[completionAt].Length;
        completionAt = (completionAt + 1) % completion.Candidates.Count;
        var candidate = completion.Candidates[completionAt];
        text.Remove(completion.Start, oldLength).Insert(completion.Start, candidate);
        cursor = completion.Start + candidate.Length;
    }
}
