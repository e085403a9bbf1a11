using System.Management.Automation;
using VmSpawn.Engine.Systemd;
using VmSpawn.Output;

namespace VmSpawn.Commands;

/// <summary>Gets the services that Register-VmSpawnService has written.</summary>
[Cmdlet(VerbsCommon.Get, "VmSpawnService")]
[OutputType(typeof(VmService))]
public sealed class GetVmSpawnServiceCommand : ServiceCommand
{
    /// <summary>Names of VMs, with wildcards; all if not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Services of the system.</summary>
    [Parameter]
    public SwitchParameter System { get; set; }

    /// <summary>Services of the user.</summary>
    [Parameter]
    public SwitchParameter User { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var store = Bridge.Read(() => OpenStore(ToManager(System, User)));
        if (!Bridge.TryRun(_ => Task.FromResult(store.List()), out var services))
        {
            return;
        }

        foreach (var pattern in Name)
        {
            Write(services, pattern);
        }
    }

    private void Write(IReadOnlyList<ServiceState> services, string pattern)
    {
        var matches = ServiceQuery.Find(services, pattern);
        if (matches is null)
        {
            Bridge.Report(ServiceQuery.NotFound(pattern));
            return;
        }

        foreach (var service in matches)
        {
            WriteObject(VmServiceFactory.Create(service));
        }
    }
}
