using System.Management.Automation;
using VmSpawn.Completion;
using VmSpawn.Services;

namespace VmSpawn.Commands;

/// <summary>Writes what guests wrote to their consoles, line by line.</summary>
[Cmdlet(VerbsCommunications.Receive, "VmConsole", DefaultParameterSetName = LinesSet)]
[OutputType(typeof(ConsoleLine), ParameterSetName = [LinesSet])]
[OutputType(typeof(string), ParameterSetName = [RawSet])]
public sealed class ReceiveVmConsoleCommand : VmSpawnCommand
{
    private const string LinesSet = "Lines";
    private const string RawSet = "Raw";

    /// <summary>Names, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MachineNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>So many of the last lines only.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Tail { get; set; }

    /// <summary>Goes on with what comes, until the VM ends.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>Writes text as it came, control sequences and line ends included.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RawSet)]
    public SwitchParameter Raw { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var machine in MachineQuery.Run(Bridge, Engine, Name))
        {
            var receiver = new ConsoleReceiver(Engine, machine.Name, Tail, Wait, Raw);
            _ = Bridge.TryRun(receiver.RunAsync, out _);
        }
    }
}
