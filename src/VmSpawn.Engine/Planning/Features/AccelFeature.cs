using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>KVM or emulation.</summary>
internal static class AccelFeature
{
    private const string KvmDevice = "/dev/kvm";

    public static void Plan(ResolvedVm vm, PlanBuilder plan)
    {
        if (vm.Accelerator.Passed is not { } passed)
        {
            plan.Add(QemuOption.List("-accel", vm.Accelerator.Kvm ? "kvm" : "tcg"));
            return;
        }

        var number = plan.AddDescriptor(n => new PassedDescriptor(n, passed.Number, passed.Name));
        plan.Add(QemuOption.List("-add-fd").With("fd", number).With("set", 1).With("opaque", KvmDevice));
        plan.Add(QemuOption.List("-accel", "kvm").With("device", "/dev/fdset/1"));
    }
}
