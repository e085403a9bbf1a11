using System.Management.Automation.Host;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Console;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Services;

/// <summary>Where and how a console is shown: on the shell's own terminal, or through a host that has none.</summary>
internal sealed record ConsolePlace
{
    // Only these run in a process whose standard input and output are theirs alone.
    private static readonly string[] TerminalHosts = ["ConsoleHost", "VmSpawn.Shell"];

    /// <summary>True to write to standard output directly, byte by byte.</summary>
    public bool OwnsTerminal { get; private init; }

    /// <summary>True to type what comes on standard input.</summary>
    public bool Interactive { get; private init; }

    /// <summary>True if there is nothing to show.</summary>
    public bool IsNowhere { get; private init; }

    /// <summary>The console's mode.</summary>
    public ConsoleMode Mode { get; private init; }

    /// <summary>Chooses the place for a VM that is stayed with from its start on.</summary>
    /// <param name="host">The PowerShell host.</param>
    /// <param name="summary">The VM.</param>
    /// <param name="isAskedFor">True if the mode was said and is not merely the default.</param>
    /// <exception cref="VmSpawnException"><c>TerminalNeeded</c>: QEMU's own console without a terminal.</exception>
    public static ConsolePlace ForStart(PSHost host, MachineSummary summary, bool isAskedFor)
    {
        var owns = TerminalHosts.Contains(host.Name);
        var isTerminal = owns && TerminalConsole.InputIsTerminal && TerminalConsole.OutputIsTerminal;
        if (summary.Console is ConsoleMode.Native && !isTerminal)
        {
            throw NeedsTerminal(
                "Native",
                "The console mode Native",
                "Use -Console ReadOnly, or leave out -Wait and attach with Connect-VmSpawn."
            );
        }

        return new ConsolePlace
        {
            OwnsTerminal = owns,
            Interactive =
                summary.Console is ConsoleMode.Native
                || (summary.Console is ConsoleMode.Interactive && (isTerminal || (owns && isAskedFor))),
            IsNowhere = summary.Console is ConsoleMode.Headless or ConsoleMode.Gui,
            Mode = summary.Console,
        };
    }

    /// <summary>Chooses the place for a VM that is attached to.</summary>
    /// <exception cref="VmSpawnException"><c>TerminalNeeded</c>: there is none to type on.</exception>
    public static ConsolePlace ForAttach(PSHost host, MachineRecord machine, bool readOnly)
    {
        var owns = TerminalHosts.Contains(host.Name);
        if (!readOnly && !(owns && TerminalConsole.InputIsTerminal && TerminalConsole.OutputIsTerminal))
        {
            throw NeedsTerminal(
                machine.Name,
                $"Typing on the console of the VM '{machine.Name}'",
                "Watch it with -ReadOnly, or use Send-VmConsole and Receive-VmConsole."
            );
        }

        return new ConsolePlace
        {
            OwnsTerminal = owns,
            Interactive = !readOnly,
            Mode = machine.Summary.Console,
        };
    }

    /// <summary>What the terminal is asked to do.</summary>
    public TerminalRequest ToRequest(string name, string? background, int history)
    {
        var look = TerminalLook.Read();
        return new TerminalRequest
        {
            Interactive = Interactive,
            // QEMU's own console has QEMU's own keys.
            HasEscape = Mode is not ConsoleMode.Native,
            Background = look.HasColours && Mode is not ConsoleMode.Native ? background ?? "" : "",
            Title = look.HasTitle ? $"{look.Mark}Virtual Machine {name} on {Environment.MachineName}" : "",
            History = history,
        };
    }

    private static VmSpawnException NeedsTerminal(string target, string what, string hint) =>
        new(
            "TerminalNeeded",
            VmErrorKind.HostRequirement,
            $"{what} needs a terminal; this shell has none.",
            target,
            hint
        );
}
