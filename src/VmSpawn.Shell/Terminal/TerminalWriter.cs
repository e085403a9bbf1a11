using System.Management.Automation;
using System.Management.Automation.Internal;

namespace VmSpawn.Shell.Terminal;

/// <summary>The only writer of its two streams: keeps text and the progress lines from mixing.</summary>
internal sealed class TerminalWriter : IDisposable
{
    private readonly Lock gate = new();
    private readonly TextWriter output;
    private readonly TextWriter error;
    private readonly ProgressLines progress;
    private string errorGap = "";

    /// <summary>A writer of the process's standard streams.</summary>
    public TerminalWriter(TerminalTraits traits)
        : this(traits, Console.Out, Console.Error) { }

    /// <summary>A writer of other streams.</summary>
    public TerminalWriter(TerminalTraits traits, TextWriter output, TextWriter error)
    {
        Traits = traits;
        this.output = output;
        this.error = error;
        progress = new ProgressLines(traits, output, gate);
    }

    public TerminalTraits Traits { get; }

    /// <summary>Writes to standard output.</summary>
    public void Write(string text) => Write(output, text, Traits.ColorsOutput);

    /// <summary>Writes to standard output, escape sequences included.</summary>
    public void WriteVerbatim(string text) => Write(output, text, colors: true);

    /// <summary>Writes to standard output, in colours where they can be shown.</summary>
    public void Write(ConsoleColor foreground, ConsoleColor background, string text)
    {
        var colors = TextColor.Foreground(foreground) + TextColor.Background(background);
        Write(colors.Length == 0 ? text : colors + text + TextColor.Reset);
    }

    /// <summary>Writes a line to standard error, in the engine's colour for errors where colours can be shown.</summary>
    public void WriteError(string text)
    {
        // The view of an error ends with an empty line; it is only worth showing between two errors.
        if (text.Length == 0)
        {
            errorGap = Environment.NewLine;
            return;
        }

        var line = text.Contains('\e') ? text : PSStyle.Instance.Formatting.Error + text + PSStyle.Instance.Reset;
        Write(error, errorGap + line + Environment.NewLine, Traits.ColorsError);
        errorGap = "";
    }

    public void ShowProgress(long source, ProgressRecord record) => progress.Update(source, record);

    /// <summary>Takes the progress lines away until the returned value is disposed of.</summary>
    public IDisposable SuspendProgress() => progress.Suspend();

    /// <summary>Forgets all progress: the command that reported it has ended.</summary>
    public void ClearProgress() => progress.Clear();

    public void Dispose() => progress.Dispose();

    private void Write(TextWriter stream, string text, bool colors)
    {
        var shown = colors ? text : new StringDecorated(text).ToString(OutputRendering.PlainText);
        lock (gate)
        {
            progress.Erase();
            stream.Write(shown);
            errorGap = "";
            progress.OutputEndsLine = shown.Length == 0 ? progress.OutputEndsLine : shown[^1] == '\n';
            progress.Redraw();
        }
    }
}
