using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>
/// The guest's console. It always ends at the supervisor, which logs it and serves whoever attaches; the modes differ
/// in what is offered there.
/// </summary>
internal static class ConsoleFeature
{
    public static void Plan(ResolvedVm vm, PlanBuilder plan)
    {
        if (vm.Console is ConsoleMode.Gui)
        {
            PlanWindow(vm, plan);
        }
        else
        {
            plan.Add(QemuOption.List("-display", "none"));
        }

        if (vm.Console is ConsoleMode.Headless)
        {
            return;
        }

        var number = plan.AddDescriptor(n => new ConsoleDescriptor(n));
        var console = QemuOption.List("-chardev", "socket").With("id", "console").With("fd", number);
        if (vm.Console is ConsoleMode.Native)
        {
            plan.Add(console.With("mux", value: true));
            plan.Add(QemuOption.List("-mon").With("chardev", "console"));
        }
        else
        {
            plan.Add(console);
        }

        if (vm.ConsoleTransport is ConsoleTransport.Serial)
        {
            plan.Add(QemuOption.Literal("-serial", "chardev:console"));
            return;
        }

        VirtioSerialBus.Require(vm, plan);
        plan.Add(QemuOption.List("-device", "virtconsole").With("chardev", "console"));
    }

    // QEMU chooses the window that it was built with. PCs have a keyboard and a mouse by themselves.
    private static void PlanWindow(ResolvedVm vm, PlanBuilder plan)
    {
        if (vm.Architecture.IsPc)
        {
            plan.Add(QemuOption.List("-vga", "virtio"));
            return;
        }

        plan.Add(QemuOption.List("-device", vm.Architecture.Virtio("virtio-gpu")));
        plan.Add(QemuOption.List("-device", vm.Architecture.Virtio("virtio-keyboard")));
        plan.Add(QemuOption.List("-device", vm.Architecture.Virtio("virtio-tablet")));
    }
}
