using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>Guest memory, in whole MiB.</summary>
internal static class MemoryFeature
{
    public static void Plan(ResolvedVm vm, PlanBuilder plan)
    {
        var memory = QemuOption.List("-m").With("size", $"{vm.Ram.Initial.MebibytesRoundedUp}M");
        if (vm.Ram is { Maximum: { } maximum, Slots: { } slots })
        {
            memory = memory.With("slots", slots).With("maxmem", $"{maximum.MebibytesRoundedUp}M");
        }

        plan.Add(memory);
    }
}
