using System.Management.Automation;
using VmSpawn.Completion;
using VmSpawn.Services;

namespace VmSpawn.Commands;

/// <summary>Gets configuration by which the program ssh reaches virtual machines by their names.</summary>
[Cmdlet(VerbsCommon.Get, "VmSpawnSshConfig")]
[OutputType(typeof(string))]
public sealed class GetVmSpawnSshConfigCommand : VmSpawnCommand
{
    /// <summary>Names of VMs, with wildcards; all that can be reached if not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MachineNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var (machine, ssh) in SshQuery.Run(Bridge, Engine, Name, withAddress: true))
        {
            if (Bridge.TryRun(_ => Task.FromResult(Engine.WriteSshConfiguration(machine.Name, ssh)), out var block))
            {
                WriteObject(block);
            }
        }
    }
}
