using System.Management.Automation;

namespace VmSpawn.Shell.Terminal;

/// <summary>
/// Draws progress below the output, on a terminal only. The cursor always stays where output goes on, above the lines,
/// so that erasing is one sequence and a program that writes past us does no harm.
/// </summary>
internal sealed class ProgressLines : IDisposable
{
    /// <summary>More lines than these push the output away without telling more.</summary>
    private const int MaximumLines = 4;

    /// <summary>Drawing faster than ten times a second only flickers.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly TerminalTraits traits;
    private readonly TextWriter output;
    private readonly Lock gate;
    private readonly Timer timer;
    private readonly List<((long Source, int Activity) Key, ProgressRecord Record)> records = [];
    private int drawn;
    private int suspensions;
    private long lastDrawn;

    public ProgressLines(TerminalTraits traits, TextWriter output, Lock gate)
    {
        this.traits = traits;
        this.output = output;
        this.gate = gate;
        timer = new Timer(_ => DrawLater(), null, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>Whether the output ended with a line break; progress is only drawn on a line of its own.</summary>
    public bool OutputEndsLine { get; set; } = true;

    private bool CanDraw => traits is { OutputIsTerminal: true, UnderstandsSequences: true };

    public void Update(long source, ProgressRecord record)
    {
        if (!CanDraw)
        {
            return;
        }

        lock (gate)
        {
            var at = records.FindIndex(entry => entry.Key == (source, record.ActivityId));
            if (record.RecordType == ProgressRecordType.Completed)
            {
                if (at < 0)
                {
                    return;
                }

                records.RemoveAt(at);
            }
            else if (at >= 0)
            {
                records[at] = (records[at].Key, record);
                if (TimeProvider.System.GetElapsedTime(lastDrawn) < Pace)
                {
                    timer.Change(Pace, Timeout.InfiniteTimeSpan);
                    return;
                }
            }
            else
            {
                records.Add(((source, record.ActivityId), record));
            }

            Erase();
            Redraw();
        }
    }

    public IDisposable Suspend()
    {
        lock (gate)
        {
            suspensions++;
            Erase();
        }

        return new Suspension(this);
    }

    public void Clear()
    {
        lock (gate)
        {
            Erase();
            records.Clear();
        }
    }

    /// <summary>Removes the drawn lines; the caller holds the gate.</summary>
    public void Erase()
    {
        if (drawn > 0)
        {
            output.Write("\e[0J");
            drawn = 0;
        }
    }

    /// <summary>Draws the current records; the caller holds the gate and has erased the old lines.</summary>
    public void Redraw()
    {
        if (records.Count == 0 || suspensions > 0 || !OutputEndsLine || !CanDraw)
        {
            return;
        }

        var width = Math.Max(20, traits.Width - 1);
        var lines = records.TakeLast(Math.Min(MaximumLines, Math.Max(1, traits.Height - 2)));
        var text = string.Join('\n', lines.Select(entry => ProgressText.Line(entry.Record, width)));
        drawn = text.AsSpan().Count('\n') + 1;
        var colored = traits.ColorsOutput ? PSStyle.Instance.Progress.Style + text + TextColor.Reset : text;
        var back = drawn > 1 ? $"\e[{drawn - 1}A\r" : "\r";
        output.Write(colored + back);
        lastDrawn = TimeProvider.System.GetTimestamp();
    }

    public void Dispose()
    {
        timer.Dispose();
        Clear();
    }

    private void DrawLater()
    {
        lock (gate)
        {
            Erase();
            Redraw();
        }
    }

    private void Resume()
    {
        lock (gate)
        {
            suspensions--;
            Redraw();
        }
    }

    private sealed class Suspension(ProgressLines lines) : IDisposable
    {
        private bool ended;

        public void Dispose()
        {
            if (!ended)
            {
                ended = true;
                lines.Resume();
            }
        }
    }
}
