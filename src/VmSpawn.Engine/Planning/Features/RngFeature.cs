using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>Entropy of the host for the guest.</summary>
internal static class RngFeature
{
    public static void Plan(ResolvedVm vm, PlanBuilder plan)
    {
        plan.Add(QemuOption.List("-object", "rng-random").With("filename", "/dev/urandom").With("id", "rng0"));
        plan.Add(
            QemuOption
                .List("-device", vm.Architecture.Virtio("virtio-rng"))
                .With("rng", "rng0")
                .With("id", "rng-device0")
        );
    }
}
