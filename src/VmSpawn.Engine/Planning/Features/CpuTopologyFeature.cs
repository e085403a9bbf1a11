using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>Number and arrangement of the virtual CPUs.</summary>
internal static class CpuTopologyFeature
{
    public static void Plan(ResolvedVm vm, PlanBuilder plan)
    {
        // The text is QEMU's own form and was checked word by word, so it is not escaped again.
        plan.Add(QemuOption.Literal("-smp", vm.Cpus.Text));
    }
}
