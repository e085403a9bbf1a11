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
    /// <summary>Where VNC clients find the display: <c>unix:PATH</c> or <c>127.0.0.1:PORT</c>; or <see langword="null"/>.</summary>
    public static string? VncAddressOf(ResolvedVm vm) =>
        vm.Vnc is not { } address ? null
        : address.Port is null ? $"unix:{SocketOf(vm)}"
        : address.ToString();

    public static void Plan(ResolvedVm vm, PlanBuilder plan)
    {
        if (vm.Console is not ConsoleMode.Gui || vm.Vnc is not null)
        {
            plan.Add(QemuOption.List("-display", "none"));
        }

        if (vm.Vnc is not null)
        {
            plan.Add(Serve(vm, vm.Vnc));
        }

        if (vm.Console is ConsoleMode.Gui || vm.Vnc is not null)
        {
            PlanDisplay(vm, plan);
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

    private static string SocketOf(ResolvedVm vm) => $"{vm.RunDirectory}/vnc.sock";

    private static QemuOption Serve(ResolvedVm vm, VncAddress address) =>
        QemuOption.List(
            "-vnc",
            address.Port is { } port ? $"127.0.0.1:{port - VncAddress.FirstPort}" : $"unix:{SocketOf(vm)}"
        );

    // QEMU chooses the window that it was built with. PCs have a keyboard and a mouse by themselves.
    private static void PlanDisplay(ResolvedVm vm, PlanBuilder plan)
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
