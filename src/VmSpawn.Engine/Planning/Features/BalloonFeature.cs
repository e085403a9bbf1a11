using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>Memory that the guest does not use goes back to the host.</summary>
internal static class BalloonFeature
{
    public static void Plan(ResolvedVm vm, PlanBuilder plan) =>
        plan.Add(
            QemuOption
                .List("-device", vm.Architecture.Virtio("virtio-balloon"))
                .With("id", "balloon0")
                .With("free-page-reporting", value: true)
        );
}
