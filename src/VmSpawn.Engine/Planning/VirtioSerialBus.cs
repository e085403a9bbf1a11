using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning;

/// <summary>The controller of a VM's virtio-serial ports: one for all of them.</summary>
internal static class VirtioSerialBus
{
    private const string Id = "virtio-serial0";

    /// <summary>Adds the controller unless it is there already.</summary>
    public static void Require(ResolvedVm vm, PlanBuilder plan)
    {
        var controller = QemuOption.List("-device", vm.Architecture.Virtio("virtio-serial")).With("id", Id);
        if (!plan.Options.Contains(controller))
        {
            plan.Add(controller);
        }
    }

    /// <summary>Adds a port, at whose other end a descriptor is.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="id">Name of the port for QEMU.</param>
    /// <param name="name">Name of the port in the guest.</param>
    /// <param name="descriptor">Number that QEMU inherits the descriptor under.</param>
    public static void AddPort(ResolvedVm vm, PlanBuilder plan, string id, string name, int descriptor)
    {
        Require(vm, plan);
        plan.Add(QemuOption.List("-chardev", "socket").With("id", id).With("fd", descriptor));
        plan.Add(QemuOption.List("-device", "virtserialport").With("chardev", id).With("name", name));
    }
}
