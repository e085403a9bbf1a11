using System.Management.Automation;
using VmSpawn.Completion;
using VmSpawn.Parameters;
using VmSpawn.Services;

namespace VmSpawn.Commands;

/// <summary>Saves what the display of a VM shows as a picture.</summary>
[Cmdlet(VerbsData.Save, "VmScreenshot", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class SaveVmScreenshotCommand : VmSpawnCommand
{
    /// <summary>Name of the VM.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MachineNameCompleter))]
    public string Name { get; set; } = "";

    /// <summary>The file, PNG; one that exists is replaced. A literal path.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var path = Bridge.Read(() => PathArgument.Resolve(this, Path, "path").Value);
        foreach (var machine in MachineQuery.Run(Bridge, Engine, [Name]))
        {
            if (
                ShouldProcess(path, $"Save the screen of the VM '{machine.Name}'")
                && Bridge.TryRun(
                    async context =>
                    {
                        var picture = await Engine.TakeScreenshotAsync(machine.Name, context.CancellationToken);
                        await File.WriteAllBytesAsync(path, picture, context.CancellationToken);
                        return new FileInfo(path);
                    },
                    out var file
                )
            )
            {
                WriteObject(file);
            }
        }
    }
}
