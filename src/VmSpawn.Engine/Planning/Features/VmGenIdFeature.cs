using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>The generation identifier, by which a guest sees that it was copied or restored. QEMU has it for PCs.</summary>
internal static class VmGenIdFeature
{
    public static void Plan(ResolvedVm vm, PlanBuilder plan)
    {
        if (vm.Architecture.IsPc)
        {
            plan.Add(QemuOption.List("-device", "vmgenid").With("guid", vm.VmGenId.ToString("D")));
        }
    }
}
