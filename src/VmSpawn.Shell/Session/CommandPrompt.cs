using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using VmSpawn.Shell.Hosting;
using VmSpawn.Shell.Terminal;

namespace VmSpawn.Shell.Session;

/// <summary>Reads commands, runs each as soon as it is complete, until the end of input or <c>exit</c>.</summary>
internal sealed class CommandPrompt(
    Runspace runspace,
    ShellHost host,
    CommandRunner runner,
    TerminalWriter writer,
    Interruption interruption
)
{
    private readonly List<string> history = [];

    /// <summary>Runs the loop.</summary>
    /// <param name="prompt">True to edit lines at a prompt, false to read standard input as it is.</param>
    /// <param name="nested">True inside a running command.</param>
    /// <returns>How the last command ended.</returns>
    public CommandOutcome Run(bool prompt, bool nested = false)
    {
        var outcome = CommandOutcome.Completed;
        interruption.AtPrompt = prompt;
        while (host.ExitCode is null && interruption.EndCode is null && !(nested && host.NestedPromptEnds))
        {
            if (ReadCommand(prompt, nested) is not { } command)
            {
                break;
            }

            if (string.IsNullOrWhiteSpace(command))
            {
                continue;
            }

            outcome = runner.RunText(command, nested: nested);
            if (nested && host.ExitCode is not null)
            {
                host.ForgetExit();
                break;
            }

            if (!prompt && outcome == CommandOutcome.Stopped)
            {
                break;
            }
        }

        return outcome;
    }

    /// <summary>Collects lines until the parser needs no more, or an empty line says that no more will come.</summary>
    private string? ReadCommand(bool prompt, bool nested)
    {
        var command = "";
        while (true)
        {
            var line = prompt ? Edit(command.Length == 0 ? runner.Evaluate("prompt", nested) : ">> ", nested) : Plain();
            if (line.Interrupted)
            {
                return "";
            }

            if (line.Text is not { } text)
            {
                return command.Length == 0 ? null : command;
            }

            command = command.Length == 0 ? text : command + "\n" + text;
            if ((prompt && text.Length == 0) || IsComplete(command))
            {
                return command;
            }
        }
    }

    private EditedLine Edit(string prompt, bool nested)
    {
        writer.Write(prompt.Length == 0 ? "PS> " : prompt);
        var line = new LineEditor(history, nested ? null : Complete).Read(mask: false, CancellationToken.None);
        if (line is { Interrupted: false, Text: { Length: > 0 } text } && history.LastOrDefault() != text)
        {
            history.Add(text);
        }

        return line;
    }

    private static EditedLine Plain() => new(Console.In.ReadLine());

    private static bool IsComplete(string command)
    {
        Parser.ParseInput(command, out _, out var errors);
        return !errors.Any(error => error.IncompleteInput);
    }

    private Completion? Complete(string line, int cursor)
    {
        using var shell = PowerShell.Create();
        shell.Runspace = runspace;
        var found = CommandCompletion.CompleteInput(line, cursor, options: null, shell);
        return found.CompletionMatches is { Count: > 0 } matches
            ? new Completion(found.ReplacementIndex, found.ReplacementLength, Texts(matches))
            : PathCompletion.Complete(line, cursor, runspace.SessionStateProxy.Path.CurrentFileSystemLocation.Path);
    }

    private static string[] Texts(Collection<CompletionResult> matches) =>
        [.. matches.Select(match => match.CompletionText)];
}
