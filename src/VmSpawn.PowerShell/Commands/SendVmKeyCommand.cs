using System.Collections.Immutable;
using System.Management.Automation;
using VmSpawn.Completion;
using VmSpawn.Engine.Display;
using VmSpawn.Services;

namespace VmSpawn.Commands;

/// <summary>Presses keys on the keyboards of VMs with a display.</summary>
[Cmdlet(VerbsCommunications.Send, "VmKey")]
[OutputType(typeof(void))]
public sealed class SendVmKeyCommand : VmSpawnCommand
{
    private ImmutableArray<ImmutableArray<string>> _presses = [];

    /// <summary>Names, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MachineNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Text, typed on a keyboard of the United States.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Text { get; set; }

    /// <summary>Keys pressed after the text, one after another; those joined by <c>-</c> together.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(ScreenKeyCompleter))]
    public string[] Key { get; set; } = [];

    /// <inheritdoc/>
    protected override void BeginProcessing() =>
        _presses = Bridge.Read(() =>
            ImmutableArray.CreateRange([.. ScreenKey.ParseText(Text ?? ""), .. Key.Select(ScreenKey.Parse)])
        );

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var machine in MachineQuery.Run(Bridge, Engine, Name))
        {
            _ = Bridge.TryRun(
                async context =>
                {
                    await Engine.PressAsync(machine.Name, _presses, context.CancellationToken);
                    return true;
                },
                out _
            );
        }
    }
}
