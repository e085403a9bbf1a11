using System.Management.Automation;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Systemd;
using VmSpawn.Output;
using VmSpawn.Parameters;

namespace VmSpawn.Commands;

/// <summary>
/// Writes a service of systemd that runs a VM from the boot of the host on. It takes the parameters of
/// <c>Start-VmSpawn</c> that describe a VM; they are dynamic, so that there is one description of them.
/// </summary>
[Cmdlet(VerbsLifecycle.Register, "VmSpawnService", SupportsShouldProcess = true)]
[OutputType(typeof(VmService))]
public sealed class RegisterVmSpawnServiceCommand : ServiceCommand, IDynamicParameters
{
    private RuntimeDefinedParameterDictionary _parameters = [];

    /// <summary>Starts the VM now, too.</summary>
    [Parameter]
    public SwitchParameter Start { get; set; }

    /// <summary>Replaces a service of that VM; a file that somebody else wrote is never replaced.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Program that runs the command, instead of the one that runs now.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PowerShell { get; set; }

    /// <inheritdoc/>
    public object GetDynamicParameters() => _parameters = ServiceParameters.Define();

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var parameters = Bridge.Read(() => new ServiceParameters(this, _parameters));
        var plan = parameters.MakePlan();
        if (plan is null)
        {
            return;
        }

        var manager = Bridge.Read(() => ToManager(parameters.Has("System"), parameters.Has("User")));
        var store = Bridge.Read(() => OpenStore(manager));
        var service = Bridge.Read(() => Describe(parameters, plan, store, manager));
        var path = global::System.IO.Path.Join(store.Directory, service.Unit);
        if (
            ShouldProcess($"{path}\n{service.ToUnitFile()}", $"Write the service '{path}'?", "Register-VmSpawnService")
            && Bridge.TryRun(_ => Task.FromResult(store.Write(service, Force, Start)), out var written)
        )
        {
            WriteObject(VmServiceFactory.Create(written));
        }
    }

    private MachineService Describe(
        ServiceParameters parameters,
        LaunchPlan plan,
        ServiceStore store,
        ServiceManager manager
    )
    {
        var module =
            MyInvocation.MyCommand.Module?.ModuleBase
            ?? throw new VmSpawnException("NoModule", VmErrorKind.Failed, "The module's directory is not known.");
        var words = parameters.ToScript(plan);
        if (plan.ServiceManager is null && plan.Notifications is null && !parameters.Has("NotifyReady"))
        {
            WriteVerbose("The guest has no way to say that it is ready: the service is when QEMU runs the guest.");
            words += " -NotifyReady 'no'";
        }

        var script =
            $"$ErrorActionPreference = 'Stop'; Import-Module {PowerShellText.Quote($"{module}/VmSpawn.psd1")}; "
            + $"$null = Start-VmSpawn{words} -KeepUnit -Quiet";
        return new MachineService
        {
            Name = plan.Name,
            Manager = manager,
            Start =
            [
                .. PowerShell is null
                    ? ShellProgram.Find(module)
                    : [PathArgument.Resolve(this, PowerShell, "powershell").Value],
                "-NoProfile",
                "-NonInteractive",
                "-Command",
                script,
            ],
            WorkingDirectory = SessionState.Path.CurrentFileSystemLocation.ProviderPath,
            RequiredFiles =
            [
                .. new[] { plan.Summary.Image, plan.Summary.Directory, plan.Summary.Kernel }.OfType<string>(),
            ],
            Devices =
            [
                .. plan
                    .Claims.Select(claim => claim.Path)
                    .Where(file => file.StartsWith("/dev/", StringComparison.Ordinal)),
            ],
            Slice = parameters.Slice,
            Properties = parameters.Properties,
            WantedBy = store.BootTarget,
        };
    }
}
