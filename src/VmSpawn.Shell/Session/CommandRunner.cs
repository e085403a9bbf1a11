using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using VmSpawn.Shell.Terminal;

namespace VmSpawn.Shell.Session;

/// <summary>Runs one command at a time to its end, with its output in the default view.</summary>
internal sealed class CommandRunner(Runspace runspace, TerminalWriter writer, Interruption interruption)
{
    /// <summary>Only a command of the history leaves its <c>$?</c> to its successor.</summary>
    private readonly PSInvocationSettings settings = new() { AddToHistory = true };

    /// <summary>Runs a text as a script in the session's own scope.</summary>
    /// <param name="text">The text.</param>
    /// <param name="arguments">What it finds in <c>$args</c>.</param>
    /// <param name="takesInput">True to give it standard input as <c>$input</c>.</param>
    /// <param name="nested">True inside a running command.</param>
    public CommandOutcome RunText(
        string text,
        IReadOnlyList<string>? arguments = null,
        bool takesInput = false,
        bool nested = false
    )
    {
        var script = Parser.ParseInput(text, out _, out var errors);
        if (errors.FirstOrDefault(error => error.IncompleteInput) is { } missing)
        {
            // The engine says nothing about a text that could still be completed.
            writer.WriteError($"ParserError: {missing.Message} (line {missing.Extent.StartLineNumber})");
            return CommandOutcome.Failed;
        }

        return Run(
            shell =>
            {
                shell.AddScript(text, useLocalScope: false);
                foreach (var argument in arguments ?? [])
                {
                    shell.AddArgument(argument);
                }
            },
            takesInput ? PipedInput.For(script) : null,
            nested
        );
    }

    /// <summary>Runs a command.</summary>
    /// <param name="build">Adds the command to an empty pipeline.</param>
    /// <param name="input">Objects for the command's input, or <see langword="null"/> for none.</param>
    /// <param name="nested">True inside a running command.</param>
    public CommandOutcome Run(Action<PowerShell> build, PSDataCollection<string>? input = null, bool nested = false)
    {
        using var shell = Open(nested);
        build(shell);
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Out-Default");
        using var guard = interruption.Enter(() => shell.BeginStop(callback: null, state: null));
        try
        {
            shell.Invoke(input, new PSDataCollection<PSObject>(), settings);
            return guard.Interrupted ? CommandOutcome.Stopped : CommandOutcome.Completed;
        }
        catch (PipelineStoppedException)
        {
            return CommandOutcome.Stopped;
        }
        catch (RuntimeException problem)
        {
            Report(problem.ErrorRecord, nested);
            return CommandOutcome.Failed;
        }
        finally
        {
            writer.ClearProgress();
        }
    }

    /// <summary>Evaluates an expression for its text, such as the prompt.</summary>
    public string Evaluate(string script, bool nested)
    {
        using var shell = Open(nested);
        try
        {
            return string.Concat(shell.AddScript(script).Invoke<string>());
        }
        catch (RuntimeException)
        {
            return "";
        }
    }

    /// <summary>Shows an error as the engine shows those that do not end a command.</summary>
    private void Report(ErrorRecord error, bool nested)
    {
        using var shell = Open(nested);
        try
        {
            shell.AddCommand("Out-Default").Invoke(new[] { EngineSwitches.AsErrorOutput(error) });
        }
        catch (RuntimeException)
        {
            writer.WriteError(error.ToString());
        }
    }

    private PowerShell Open(bool nested)
    {
        if (nested)
        {
            return PowerShell.Create(RunspaceMode.CurrentRunspace);
        }

        var shell = PowerShell.Create();
        shell.Runspace = runspace;
        return shell;
    }
}
