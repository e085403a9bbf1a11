using System.Management.Automation;
using VmSpawn.Completion;
using VmSpawn.Engine.Machines;
using VmSpawn.Output;
using VmSpawn.Parameters;
using VmSpawn.Services;

namespace VmSpawn.Commands;

/// <summary>Stops virtual machines, and returns when they are gone.</summary>
[Cmdlet(VerbsLifecycle.Stop, "VmSpawn", SupportsShouldProcess = true)]
[OutputType(typeof(VirtualMachine))]
public sealed class StopVmSpawnCommand : VmSpawnCommand
{
    private StopRequest _request = new();

    /// <summary>Names, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MachineNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Ends the VM at once, without asking the guest to shut down.</summary>
    [Parameter]
    public SwitchParameter TurnOff { get; set; }

    /// <summary>How long the guest may take to shut down; then it is turned off.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public string? Timeout { get; set; }

    /// <summary>Writes the ended VM.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _request = Bridge.Read(ToRequest);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var machine in MachineQuery.Run(Bridge, Engine, Name))
        {
            Stop(machine);
        }
    }

    private void Stop(MachineRecord machine)
    {
        var final = machine;
        if (machine.State is MachineState.Stopped or MachineState.Failed)
        {
            WriteVerbose($"The VM '{machine.Name}' has already ended.");
        }
        else if (
            !ShouldProcess(machine.Name, TurnOff ? "Turn off" : "Stop")
            || !Bridge.TryRun(context => Engine.StopAsync(machine.Name, _request, context.CancellationToken), out final)
        )
        {
            return;
        }
        else if (!TurnOff && final.EndReason is "host-qmp-quit" or "host-kill")
        {
            WriteWarning(
                $"The guest of the VM '{machine.Name}' had not shut down after {_request.Timeout.TotalSeconds} seconds and was turned off."
            );
        }

        if (PassThru)
        {
            WriteObject(VirtualMachineFactory.Create(final));
        }
    }

    private StopRequest ToRequest() =>
        Duration.ParseOptional(Timeout, "timeout") is { } timeout
            ? new StopRequest { TurnOff = TurnOff, Timeout = timeout }
            : new StopRequest { TurnOff = TurnOff };
}
