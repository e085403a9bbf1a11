using System.Management.Automation;
using VmSpawn.Completion;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Ssh;
using VmSpawn.Output;
using VmSpawn.Parameters;

namespace VmSpawn.Commands;

/// <summary>Makes an SSH key for virtual machines.</summary>
[Cmdlet(VerbsCommon.New, "VmSshKey", SupportsShouldProcess = true)]
[OutputType(typeof(SshKey))]
public sealed class NewVmSshKeyCommand : VmSpawnCommand
{
    /// <summary>Where the private half is kept; without it the key goes with this process. A literal path.</summary>
    [Parameter(Position = 0)]
    public string? Path { get; set; }

    /// <summary>Type of the key.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SshKeyTypeCompleter))]
    public string? Type { get; set; }

    /// <summary>Size of the key in bits.</summary>
    [Parameter]
    public int? Bits { get; set; }

    /// <summary>What tells the public half from others.</summary>
    [Parameter]
    public string? Comment { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var request = Bridge.Read(ToRequest);
        if (
            ShouldProcess(
                request.Path?.Value ?? "a place that goes with this process",
                $"Make an SSH key of type {request.Type}"
            ) && Bridge.TryRun(_ => Task.FromResult(Engine.MakeSshKey(request)), out var key)
        )
        {
            WriteObject(SshKeyFactory.Create(key));
        }
    }

    private SshKeyRequest ToRequest()
    {
        var request = new SshKeyRequest
        {
            Type = SshKeyType.Parse(Type),
            Bits = Bits,
            Path = string.IsNullOrEmpty(Path) ? null : PathArgument.Resolve(this, Path, "path"),
        };
        if (Comment is not null)
        {
            request = request with { Comment = Comment };
        }

        request.Check();
        return request;
    }
}
