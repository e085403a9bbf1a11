using System.Management.Automation;
using VmSpawn.Output;
using VmSpawn.Parameters;

namespace VmSpawn.Commands;

/// <summary>Gets the boot menu entries of directory trees and disk images.</summary>
[Cmdlet(VerbsCommon.Get, "VmBootEntry", DefaultParameterSetName = PathSet)]
[OutputType(typeof(BootEntry))]
public sealed class GetVmBootEntryCommand : VmSpawnCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>Directory trees, raw disk images or block devices, with wildcards.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = PathSet,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true
    )]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The same as literal paths.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("FullName", "PSPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var paths = Bridge.Read(() =>
            ParameterSetName == LiteralPathSet
                ? [.. LiteralPath.Select(path => PathArgument.Resolve(this, path, "path").Value)]
                : Path.SelectMany(path => PathArgument.Expand(this, path, "path")).ToList()
        );
        foreach (var path in paths)
        {
            if (!Bridge.TryRun(_ => Task.FromResult(Engine.ListBootEntries(path)), out var menu))
            {
                continue;
            }

            foreach (var warning in menu.List.Warnings)
            {
                WriteWarning(warning);
            }

            WriteObject(BootEntryFactory.Create(menu), enumerateCollection: true);
        }
    }
}
