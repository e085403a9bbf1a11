using System.Management.Automation;
using System.Security;

namespace VmSpawn.Shell.Terminal;

/// <summary>Reads answers: keys on a terminal, lines from anything else.</summary>
internal sealed class LineReader(TerminalWriter writer, bool nonInteractive)
{
    /// <summary>Called when the user presses Ctrl+C instead of answering.</summary>
    public Action? Interrupted { get; set; }

    /// <summary>Reads a line, or returns <see langword="null"/> at the end of input.</summary>
    /// <exception cref="PipelineStoppedException">The user pressed Ctrl+C.</exception>
    public string? ReadLine()
    {
        RequireInteraction();
        return Read(new LineEditor(), mask: false);
    }

    /// <summary>Reads a line without showing it.</summary>
    public SecureString ReadSecret()
    {
        RequireInteraction();
        var secret = new SecureString();
        foreach (var c in Read(new LineEditor(), mask: true) ?? "")
        {
            secret.AppendChar(c);
        }

        secret.MakeReadOnly();
        return secret;
    }

    /// <summary>Throws where the shell was told not to ask.</summary>
    /// <exception cref="PSInvalidOperationException">The shell was started with <c>-NonInteractive</c>.</exception>
    public void RequireInteraction()
    {
        if (nonInteractive)
        {
            throw new PSInvalidOperationException("The shell was started with -NonInteractive: it asks no questions.");
        }
    }

    private string? Read(LineEditor editor, bool mask)
    {
        using var quiet = writer.SuspendProgress();
        if (!writer.Traits.InputIsTerminal)
        {
            return Console.In.ReadLine();
        }

        var line = editor.Read(mask);
        if (line.Interrupted)
        {
            Interrupted?.Invoke();
            throw new PipelineStoppedException();
        }

        return line.Text;
    }
}
