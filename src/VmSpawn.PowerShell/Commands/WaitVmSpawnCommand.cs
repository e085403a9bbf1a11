using System.Management.Automation;
using VmSpawn.Completion;
using VmSpawn.Engine.Machines;
using VmSpawn.Output;
using VmSpawn.Parameters;
using VmSpawn.Services;

namespace VmSpawn.Commands;

/// <summary>Waits until virtual machines run, or have ended, and writes them.</summary>
[Cmdlet(VerbsLifecycle.Wait, "VmSpawn")]
[OutputType(typeof(VirtualMachine))]
public sealed class WaitVmSpawnCommand : VmSpawnCommand
{
    private TimeSpan? _timeout;

    /// <summary>Names, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MachineNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>What to wait for.</summary>
    [Parameter]
    public WaitCondition For { get; set; } = WaitCondition.Exit;

    /// <summary>How long at most, for each VM; without it, as long as it takes.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public string? Timeout { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() =>
        _timeout = Bridge.Read(() => Duration.ParseOptional(Timeout, "timeout"));

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var machine in MachineQuery.Run(Bridge, Engine, Name))
        {
            if (
                Bridge.TryRun(
                    context => Engine.WaitAsync(machine.Name, For, _timeout, context.CancellationToken),
                    out var record
                )
            )
            {
                WriteObject(VirtualMachineFactory.Create(record));
                Bridge.ReportEnd(record);
            }
        }
    }
}
