using System.Management.Automation;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Systemd;
using VmSpawn.Parameters;

namespace VmSpawn.Commands;

/// <summary>What the cmdlets for services have in common: where unit files are.</summary>
public abstract class ServiceCommand : VmSpawnCommand
{
    /// <summary>Directory of the unit files, instead of the one that systemd reads; systemd is told of nothing then.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    private protected ServiceManager ToManager(bool system, bool user) =>
        ServiceManagerArgument.Choose(system, user)
        ?? (Environment.IsPrivilegedProcess ? ServiceManager.System : ServiceManager.User);

    private protected ServiceStore OpenStore(ServiceManager manager) =>
        new(new LinuxHost(), manager, Path is null ? null : PathArgument.Resolve(this, Path, "path").Value);
}
