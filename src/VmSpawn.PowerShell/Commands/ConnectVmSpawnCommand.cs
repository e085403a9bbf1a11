using System.Management.Automation;
using VmSpawn.Completion;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Console;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Output;
using VmSpawn.Pipeline;
using VmSpawn.Services;

namespace VmSpawn.Commands;

/// <summary>Attaches the terminal to the console of a VM, until it is left or the VM ends.</summary>
[Cmdlet(VerbsCommunications.Connect, "VmSpawn")]
[OutputType(typeof(VirtualMachine))]
public sealed class ConnectVmSpawnCommand : VmSpawnCommand
{
    // Enough for a screen that is full of colours.
    private const int ScreenHistory = 16 * 1024;

    /// <summary>Name of the VM.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MachineNameCompleter))]
    public string Name { get; set; } = "";

    /// <summary>Only shows the console; the keyboard stays the shell's.</summary>
    [Parameter]
    public SwitchParameter ReadOnly { get; set; }

    /// <summary>Tint of the terminal; empty for none.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(BackgroundCompleter))]
    public string? Background { get; set; }

    /// <summary>Shows no messages.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var background = Bridge.Read(() => Background is null ? null : BackgroundColor.Parse(Background).Value);
        foreach (var machine in MachineQuery.Run(Bridge, Engine, [Name]))
        {
            if (Bridge.TryRun(context => ShowAsync(machine, background, context), out var left))
            {
                WriteObject(VirtualMachineFactory.Create(left));
            }
        }
    }

    private async Task<MachineRecord> ShowAsync(MachineRecord machine, string? background, EngineContext context)
    {
        if (machine.State is MachineState.Stopped or MachineState.Failed)
        {
            throw new VmSpawnException(
                "MachineEnded",
                VmErrorKind.NotFound,
                $"The VM '{machine.Name}' has ended.",
                machine.Name,
                "Receive-VmConsole shows what it wrote."
            );
        }

        if (machine.Summary.Console is ConsoleMode.Headless)
        {
            throw new VmSpawnException(
                "NoConsole",
                VmErrorKind.NotFound,
                $"The VM '{machine.Name}' has no console: it was started with -Console Headless.",
                machine.Name,
                "Start it with another -Console."
            );
        }

        var place = ConsolePlace.ForAttach(Host, machine, ReadOnly);
        if (!Quiet)
        {
            context.Information(
                !place.Interactive ? $"░ Watching VM {machine.Name}. Press Ctrl-C to leave it."
                : place.Mode is ConsoleMode.Native ? $"░ Connected to VM {machine.Name}. Press Ctrl-a x to kill VM."
                : $"░ Connected to VM {machine.Name}. Press Ctrl-] three times within 1s to leave it."
            );
        }

        var view = new ConsoleView(Engine, machine, place);
        var end = place.OwnsTerminal
            ? await view.ShowOnTerminalAsync(background ?? machine.Summary.Background, ScreenHistory, context)
            : await view.ShowAsync(context);
        return end is TerminalEnd.ConsoleClosed
            ? await Engine.WaitAsync(machine.Name, WaitCondition.Exit, null, context.CancellationToken)
            : Engine.Find(machine.Name) ?? machine;
    }
}
