using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using VmSpawn.Shell.CommandLine;
using VmSpawn.Shell.Hosting;
using VmSpawn.Shell.Terminal;

namespace VmSpawn.Shell.Session;

/// <summary>One run of the shell, from the opened engine to the exit code.</summary>
internal sealed class ShellSession : IDisposable
{
    private readonly TerminalWriter writer = new(TerminalTraits.OfThisProcess());
    private readonly Interruption interruption;
    private readonly ShellHost host;
    private readonly Runspace runspace;
    private readonly CommandRunner runner;
    private readonly CommandPrompt prompt;

    private ShellSession(ShellOptions options)
    {
        Console.SetOut(new ConsoleOut(writer));
        interruption = new Interruption(writer);
        var reader = new LineReader(writer, options.NonInteractive, interruption);
        host = new ShellHost(new ShellUserInterface(writer, reader));
        runspace = RunspaceFactory.CreateRunspace(host, EngineState.Create());
        runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        runspace.Open();
        Runspace.DefaultRunspace = runspace;
        runner = new CommandRunner(runspace, writer, interruption);
        prompt = new CommandPrompt(runspace, host, runner, writer, interruption);
        host.NestedPrompt = EnterNestedPrompt;
        MissingCommands.Explain(runspace, writer);
    }

    /// <summary>Does what the command line asks for.</summary>
    /// <returns>The exit code of the process.</returns>
    public static int Run(ShellOptions options)
    {
        if (options.Action is ShowVersion)
        {
            Console.Out.WriteLine($"PowerShell {EngineState.Version} (engine only, in the shell of VmSpawn)");
            return 0;
        }

        if (options.WorkingDirectory is { } directory)
        {
            try
            {
                Directory.SetCurrentDirectory(directory);
            }
            catch (IOException problem)
            {
                Console.Error.WriteLine($"Cannot start in '{directory}': {problem.Message}");
                return Usage.ExitCode;
            }
        }

        using var session = new ShellSession(options);
        return session.Execute(options);
    }

    public void Dispose()
    {
        runspace.Dispose();
        writer.Dispose();
        interruption.Dispose();
    }

    private int Execute(ShellOptions options)
    {
        var code = options.Action switch
        {
            RunFile file => Execute(file),
            RunText text => Execute(text),
            ReadCommands commands => Execute(commands, options.NoLogo),
            _ => throw new InvalidOperationException($"Nothing to do for {options.Action}."),
        };

        if (options.NoExit && host.ExitCode is null && interruption.EndCode is null && writer.Traits.InputIsTerminal)
        {
            code = Execute(new ReadCommands(Prompt: true), noLogo: true);
        }

        return interruption.EndCode ?? host.ExitCode ?? code;
    }

    private int Execute(RunFile file)
    {
        var path = Path.GetFullPath(file.Path);
        if (!File.Exists(path))
        {
            Console.Error.WriteLine($"There is no script '{file.Path}'.");
            return Usage.ExitCode;
        }

        if (!path.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase))
        {
            Console.Error.WriteLine($"'{file.Path}' is no PowerShell script: its name does not end in .ps1.");
            return Usage.ExitCode;
        }

        var script = Parser.ParseFile(path, out _, out _);
        EngineSwitches.ExitFromNextScriptFile(runspace);
        var outcome = runner.Run(
            shell =>
            {
                var command = new Command(path, isScript: false, useLocalScope: false);
                foreach (var parameter in ScriptArguments.Parse(file.Arguments))
                {
                    command.Parameters.Add(parameter);
                }

                shell.Commands.AddCommand(command);
            },
            PipedInput.For(script)
        );
        return ExitCodeOf(outcome, success: true);
    }

    private int Execute(RunText text)
    {
        var outcome = runner.RunText(text.Text, text.Arguments, takesInput: true);
        return ExitCodeOf(outcome, LastSucceeded);
    }

    private int Execute(ReadCommands commands, bool noLogo)
    {
        if (commands.Prompt && !noLogo)
        {
            writer.Write($"PowerShell engine {EngineState.Version} in the shell of VmSpawn; exit with 'exit'.\n");
        }

        var outcome = prompt.Run(commands.Prompt);
        return commands.Prompt ? 0 : ExitCodeOf(outcome, LastSucceeded);
    }

    private static int ExitCodeOf(CommandOutcome outcome, bool success) =>
        outcome switch
        {
            CommandOutcome.Stopped => Interruption.InterruptedCode,
            CommandOutcome.Completed when success => 0,
            _ => 1,
        };

    private bool LastSucceeded => runspace.SessionStateProxy.GetVariable("?") is true;

    private void EnterNestedPrompt()
    {
        host.NestedPromptEnds = false;
        prompt.Run(writer.Traits.InputIsTerminal, nested: true);
        host.NestedPromptEnds = false;
    }
}
