using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>The supervisor's control connection, one end of a socket pair that nobody else can reach.</summary>
internal static class QmpFeature
{
    public static void Plan(ResolvedVm vm, PlanBuilder plan)
    {
        var number = plan.AddDescriptor(n => new QmpDescriptor(n));
        plan.Add(QemuOption.List("-chardev", "socket").With("id", "qmp").With("fd", number));
        plan.Add(QemuOption.List("-mon").With("chardev", "qmp").With("mode", "control"));
    }
}
