using System.Management.Automation;
using VmSpawn.Completion;
using VmSpawn.Engine.Systemd;
using VmSpawn.Parameters;

namespace VmSpawn.Commands;

// What systemd on the host is told of the VM.
public abstract partial class ConfigurationCommand
{
    /// <summary>Whether the VM is registered with systemd-machined (<c>--register=</c>): automatic, yes or no.</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(TristateCompleter))]
    public string? Register { get; set; }

    /// <summary>Slice of the VM's unit (<c>--slice=</c>).</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(SliceCompleter))]
    public string? Slice { get; set; }

    /// <summary>Settings of the VM's unit, <c>NAME=VALUE</c> (<c>--property=</c>).</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(UnitPropertyCompleter))]
    public string[] Property { get; set; } = [];

    /// <summary>Leaves the VM in the unit that it is started in, instead of making one for it (<c>--keep-unit</c>).</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    public SwitchParameter KeepUnit { get; set; }

    /// <summary>Uses the service manager of the system (<c>--system</c>).</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    public SwitchParameter System { get; set; }

    /// <summary>Uses the service manager of the user (<c>--user</c>).</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    public SwitchParameter User { get; set; }

    private ServiceManager? ToServiceManager() => ServiceManagerArgument.Choose(System, User);
}
