using System.Management.Automation;
using VmSpawn.Output;

namespace VmSpawn.Commands;

/// <summary>Makes the plan of a VM's start without starting it.</summary>
[Cmdlet(VerbsCommon.New, "VmSpawnPlan", DefaultParameterSetName = ConfigurationSet)]
[OutputType(typeof(Plan))]
public sealed class NewVmSpawnPlanCommand : ConfigurationCommand
{
    /// <inheritdoc/>
    private protected override void ProcessDescription()
    {
        if (TryMakePlan(out var plan, out var configuration))
        {
            PlanReport.Write(this, plan);
            WriteObject(PlanFactory.Create(plan, configuration));
        }
    }
}
