using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>Hardware identity.</summary>
internal static class UuidFeature
{
    public static void Plan(ResolvedVm vm, PlanBuilder plan)
    {
        if (vm.Uuid is { } uuid)
        {
            plan.Add(QemuOption.Literal("-uuid", uuid.ToString()));
        }
    }
}
