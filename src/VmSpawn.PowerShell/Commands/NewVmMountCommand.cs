using System.Management.Automation;
using VmSpawn.Completion;
using VmSpawn.Engine.Configuration;
using VmSpawn.Output;
using VmSpawn.Parameters;

namespace VmSpawn.Commands;

/// <summary>Describes a directory of the host for a guest to mount.</summary>
[Cmdlet(VerbsCommon.New, "VmMount")]
[OutputType(typeof(Mount))]
public sealed class NewVmMountCommand : VmSpawnCommand
{
    /// <summary>Path on the host. A literal path.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [ArgumentCompleter(typeof(DirectoryCompleter))]
    public string Source { get; set; } = "";

    /// <summary>Path in the guest; that of the host if not given.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public string? Target { get; set; }

    /// <summary>Lets the guest read only; the host sees to it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SwitchParameter ReadOnly { get; set; }

    /// <summary>User ids of the guest and the host's that they stand for, <c>GUEST:HOST[:COUNT]</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[] UidMap { get; set; } = [];

    /// <summary>Group ids likewise.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[] GidMap { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var mount = Bridge.Read(() =>
            BindMount.Create(
                PathArgument.Resolve(this, Source, "Source"),
                string.IsNullOrEmpty(Target) ? null : Target,
                ReadOnly
            ) with
            {
                UidMap = [.. UidMap.Select(range => IdRange.Parse(range, "UidMap"))],
                GidMap = [.. GidMap.Select(range => IdRange.Parse(range, "GidMap"))],
            }
        );
        WriteObject(MountFactory.Create(mount));
    }
}
