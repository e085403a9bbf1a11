using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>The machine type, and what keeps QEMU from adding anything by itself.</summary>
internal static class MachineFeature
{
    // virtiofsd and vhost-device-vsock work in the guest's memory, so that must be a file that both map.
    private const string SharedMemory = "mem";

    public static void Plan(ResolvedVm vm, PlanBuilder plan)
    {
        plan.Add(QemuOption.List("-name").With("guest", vm.Name));
        plan.Add(QemuOption.Flag("-no-user-config"));
        plan.Add(QemuOption.Flag("-nodefaults"));

        var machine = QemuOption.List("-machine").With("type", vm.Architecture.MachineType);
        if (vm.Architecture.IsPc)
        {
            // Secure Boot firmware guards its variables with system management mode. The HPET only costs: guests use
            // better clocks, and QEMU would wake up for it.
            machine = machine.With("smm", vm.Firmware.SecureBoot).With("hpet", value: false);
        }

        if (vm.SharesMemory)
        {
            machine = machine.With("memory-backend", SharedMemory);
            plan.Add(
                QemuOption
                    .List("-object", "memory-backend-memfd")
                    .With("id", SharedMemory)
                    .With("size", $"{vm.Ram.Initial.MebibytesRoundedUp}M")
                    .With("share", value: true)
            );
        }

        plan.Add(machine);
    }
}
