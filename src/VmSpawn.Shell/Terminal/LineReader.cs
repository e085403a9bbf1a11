using System.Management.Automation;
using System.Security;
using VmSpawn.Shell.Session;

namespace VmSpawn.Shell.Terminal;

/// <summary>Reads answers: keys on a terminal, lines from anything else.</summary>
/// <param name="writer">What is hidden while the user answers.</param>
/// <param name="nonInteractive">Refuse to ask.</param>
/// <param name="interruption">Told when the user presses Ctrl+C instead of answering, and ends a wait for an answer.</param>
internal sealed class LineReader(TerminalWriter writer, bool nonInteractive, Interruption? interruption)
{
    private static readonly PendingRead<string?> NextLine = new(Console.In.ReadLine);

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
        var stop = interruption?.Token ?? CancellationToken.None;
        try
        {
            var line = writer.Traits.InputIsTerminal ? editor.Read(mask, stop) : new EditedLine(NextLine.Take(stop));
            if (!line.Interrupted)
            {
                return line.Text;
            }
        }
        catch (OperationCanceledException)
        {
            // The command was asked to stop while we waited.
        }

        interruption?.Interrupt();
        throw new PipelineStoppedException();
    }
}
