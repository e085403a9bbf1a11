using System.Management.Automation;
using System.Text;
using VmSpawn.Completion;
using VmSpawn.Engine.Console;
using VmSpawn.Services;

namespace VmSpawn.Commands;

/// <summary>Types on guests' consoles.</summary>
[Cmdlet(VerbsCommunications.Send, "VmConsole")]
[OutputType(typeof(void))]
public sealed class SendVmConsoleCommand : VmSpawnCommand
{
    private byte[] _bytes = [];

    /// <summary>Names, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MachineNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Text; each line end in it is a press of Enter.</summary>
    [Parameter(Position = 1)]
    [AllowEmptyString]
    public string? Text { get; set; }

    /// <summary>Keys pressed after the text, one after another.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConsoleKeyCompleter))]
    public string[] Key { get; set; } = [];

    /// <inheritdoc/>
    protected override void BeginProcessing() =>
        _bytes = Bridge.Read(() =>
            (byte[])
                [.. Encoding.UTF8.GetBytes((Text ?? "").ReplaceLineEndings("\r")), .. Key.SelectMany(TerminalKey.Parse)]
        );

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var machine in MachineQuery.Run(Bridge, Engine, Name))
        {
            _ = Bridge.TryRun(
                async context =>
                {
                    await Engine.TypeAsync(machine.Name, _bytes, context.CancellationToken);
                    return true;
                },
                out _
            );
        }
    }
}
