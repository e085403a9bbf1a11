using System.Management.Automation;
using VmSpawn.Engine.Systemd;

namespace VmSpawn.Commands;

/// <summary>Removes services that Register-VmSpawnService has written.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "VmSpawnService", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class UnregisterVmSpawnServiceCommand : ServiceCommand
{
    /// <summary>Names of VMs, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <summary>Stops the VM first; else it runs on until its end.</summary>
    [Parameter]
    public SwitchParameter Stop { get; set; }

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
            if (ServiceQuery.Find(services, pattern) is not { } matches)
            {
                Bridge.Report(ServiceQuery.NotFound(pattern));
                continue;
            }

            foreach (var service in matches)
            {
                Remove(store, service);
            }
        }
    }

    private void Remove(ServiceStore store, ServiceState service)
    {
        if (ShouldProcess(service.Path, Stop ? "Stop the VM and remove its service" : "Remove the service"))
        {
            Bridge.TryRun(
                _ =>
                {
                    store.Remove(service, Stop);
                    return Task.FromResult(true);
                },
                out bool _
            );
        }
    }
}
