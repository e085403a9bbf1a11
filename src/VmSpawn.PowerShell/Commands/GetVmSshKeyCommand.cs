using System.Management.Automation;
using VmSpawn.Completion;
using VmSpawn.Output;
using VmSpawn.Parameters;
using VmSpawn.Services;

namespace VmSpawn.Commands;

/// <summary>Gets SSH keys: those by which virtual machines are reached, or such in files.</summary>
[Cmdlet(VerbsCommon.Get, "VmSshKey", DefaultParameterSetName = NameSet)]
[OutputType(typeof(SshKey))]
public sealed class GetVmSshKeyCommand : VmSpawnCommand
{
    private const string NameSet = "Name";
    private const string PathSet = "Path";

    /// <summary>Names of VMs, with wildcards; all that have a key if not given.</summary>
    [Parameter(
        Position = 0,
        ParameterSetName = NameSet,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true
    )]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MachineNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Private halves of keys, with wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var paths =
            ParameterSetName == PathSet
                ? Bridge.Read(() => Path.SelectMany(path => PathArgument.Expand(this, path, "path")).ToList())
                : SshQuery.Run(Bridge, Engine, Name).Select(found => found.Ssh.KeyPath);
        foreach (var path in paths)
        {
            if (Bridge.TryRun(_ => Task.FromResult(Engine.ReadSshKey(path)), out var key))
            {
                WriteObject(SshKeyFactory.Create(key));
            }
        }
    }
}
