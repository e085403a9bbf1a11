using System.Management.Automation;
using VmSpawn.Completion;
using VmSpawn.Engine.Machines;
using VmSpawn.Output;
using VmSpawn.Services;

namespace VmSpawn.Commands;

/// <summary>Gets the user's virtual machines, running and ended ones.</summary>
[Cmdlet(VerbsCommon.Get, "VmSpawn")]
[OutputType(typeof(VirtualMachine))]
public sealed class GetVmSpawnCommand : VmSpawnCommand
{
    /// <summary>Names, with wildcards; all if not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MachineNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Only VMs in one of these states.</summary>
    [Parameter]
    public MachineState[] State { get; set; } = Enum.GetValues<MachineState>();

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var machine in MachineQuery.Run(Bridge, Engine, Name))
        {
            if (State.Contains(machine.State))
            {
                WriteObject(VirtualMachineFactory.Create(machine));
            }
        }
    }
}
