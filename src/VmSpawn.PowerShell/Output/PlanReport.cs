using System.Management.Automation;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Output;

/// <summary>Tells the user what a plan has decided.</summary>
internal static class PlanReport
{
    /// <summary>Writes each decision to the verbose stream and each warning to the warning stream.</summary>
    public static void Write(Cmdlet cmdlet, LaunchPlan plan)
    {
        foreach (var decision in plan.Decisions)
        {
            cmdlet.WriteVerbose(decision.ToString());
        }

        foreach (var warning in plan.Warnings)
        {
            cmdlet.WriteWarning(warning);
        }
    }

    /// <summary>What <c>-WhatIf</c> says: the command line as a shell would have it and all around it, without secrets.</summary>
    public static string Describe(LaunchPlan plan) =>
        $"Start the VM '{plan.Name}':\n{plan.ToShellString()}\n{plan.ToSurroundingsString().TrimEnd()}";
}
