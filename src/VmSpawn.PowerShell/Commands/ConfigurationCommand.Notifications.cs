using System.Management.Automation;
using VmSpawn.Completion;

namespace VmSpawn.Commands;

// What the guest tells the host of itself.
public abstract partial class ConfigurationCommand
{
    /// <summary>How the guest tells that it is ready, how it fares and how it ends: automatic, vsock, virtio-serial or none.</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(NotifyTransportCompleter))]
    public string? NotifyTransport { get; set; }

    /// <summary>
    /// Whether the service manager that waits for this process (<c>NOTIFY_SOCKET</c>) is told by the guest that it is ready, or
    /// already at the start (<c>--notify-ready=</c>).
    /// </summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(BooleanCompleter))]
    public string? NotifyReady { get; set; }
}
