using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Planning;
using VmSpawn.Output;
using VmSpawn.Services;

namespace VmSpawn.Commands;

/// <summary>Starts a virtual machine.</summary>
[Cmdlet(VerbsLifecycle.Start, "VmSpawn", SupportsShouldProcess = true, DefaultParameterSetName = ConfigurationSet)]
[OutputType(typeof(VirtualMachine))]
public sealed class StartVmSpawnCommand : ConfigurationCommand
{
    private const string PlanSet = "Plan";

    /// <summary>A plan made by <c>New-VmSpawnPlan</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PlanSet, ValueFromPipeline = true)]
    public Plan? Plan { get; set; }

    /// <summary>Stays with the VM until its end: shows its console, and writes the object with its exit status then.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>Shows neither progress nor messages (<c>--quiet</c>).</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    private protected override void ProcessDescription()
    {
        if (!TryGetPlan(out var plan, out var configuration))
        {
            return;
        }

        PlanReport.Write(this, plan);
        var place = Bridge.Read(() =>
            Wait ? ConsolePlace.ForStart(Host, plan.Summary, !string.IsNullOrEmpty(Console)) : null
        );
        if (!ShouldProcess(PlanReport.Describe(plan), $"Start the VM '{plan.Name}'?", "Start-VmSpawn"))
        {
            return;
        }

        var launch = new Launch(Engine, plan, configuration, Quiet);
        if (
            Bridge.TryRun<MachineRecord>(
                context => place is null ? launch.StartAsync(context) : launch.RunAsync(place, context),
                out var record,
                launch.AbandonAsync
            )
        )
        {
            WriteObject(VirtualMachineFactory.Create(record));
            if (Wait)
            {
                ExitCode.Set(SessionState, record);
                Bridge.ReportEnd(record);
            }
        }
    }

    private bool TryGetPlan([NotNullWhen(true)] out LaunchPlan? plan, out VmConfiguration? configuration)
    {
        (plan, configuration) = (Plan?.Source, Plan?.Configuration);
        return plan is not null || TryMakePlan(out plan, out configuration);
    }
}
