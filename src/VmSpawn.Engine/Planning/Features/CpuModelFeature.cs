using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>What the virtual CPUs can do: all that the accelerator offers.</summary>
internal static class CpuModelFeature
{
    public static void Plan(ResolvedVm vm, PlanBuilder plan)
    {
        if (vm.Architecture.CpuModel is { } model)
        {
            // The model is a list of its own that comes from our table, so its commas stand as they are.
            plan.Add(QemuOption.Literal("-cpu", model));
        }
    }
}
