using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>
/// The VSOCK device. The kernel's is opened by the supervisor, which takes the guest's identifier before QEMU runs, so that
/// a clash is its error and not QEMU's. That of the user-space program meets QEMU at a socket in the run directory.
/// </summary>
internal static class VsockFeature
{
    /// <summary>Name of the user-space program in the plan.</summary>
    public const string HelperId = "vhost-device-vsock";

    private const string Device = "/dev/vhost-vsock";
    private const string Id = "vsock0";

    public static void Plan(ResolvedVm vm, PlanBuilder plan)
    {
        switch (vm.Vsock)
        {
            case { Backend: VsockBackend.UserSpace } vsock:
                PlanDaemon(vm, plan, vsock);
                break;
            case { } vsock:
                PlanDevice(vm, plan, vsock);
                break;
        }
    }

    private static void PlanDevice(ResolvedVm vm, PlanBuilder plan, ResolvedVsock vsock)
    {
        var number = plan.AddDescriptor(n =>
            vsock.Passed is { } passed
                ? new PassedDescriptor(n, passed.Number, passed.Name, vsock.Cid)
                : new DeviceDescriptor(n, Device, vsock.Cid)
        );
        plan.Add(
            QemuOption
                .List("-device", vm.Architecture.Virtio("vhost-vsock"))
                .With("id", Id)
                .With("guest-cid", vsock.Cid)
                .With("vhostfd", number)
        );
    }

    private static void PlanDaemon(ResolvedVm vm, PlanBuilder plan, ResolvedVsock vsock)
    {
        var socket = plan.InRunDirectory("vhost-vsock.sock");
        plan.AddHelper(
            new PlannedHelper
            {
                Id = HelperId,
                Argv =
                [
                    vsock.Daemon!,
                    "--guest-cid",
                    $"{vsock.Cid}",
                    "--socket",
                    socket,
                    "--uds-path",
                    vsock.SocketPath!,
                ],
                AwaitSocket = socket,
                Drains = vm.Journal is not null,
            }
        );
        plan.Add(QemuOption.List("-chardev", "socket").With("id", HelperId).With("path", socket));
        plan.Add(
            QemuOption
                .List("-device", vm.Architecture.Virtio("vhost-user-vsock"))
                .With("id", Id)
                .With("chardev", HelperId)
        );
    }
}
