using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>KVM or emulation.</summary>
internal static class AccelFeature
{
    public static void Plan(ResolvedVm vm, PlanBuilder plan) =>
        plan.Add(QemuOption.List("-accel", vm.Kvm ? "kvm" : "tcg"));
}
