using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>
/// The VSOCK device. The supervisor opens it and takes the guest's identifier before QEMU runs, so that a clash is its
/// error and not QEMU's.
/// </summary>
internal static class VsockFeature
{
    private const string Device = "/dev/vhost-vsock";

    public static void Plan(ResolvedVm vm, PlanBuilder plan)
    {
        if (vm.Vsock is not { } vsock)
        {
            return;
        }

        var number = plan.AddDescriptor(n =>
            vsock.Passed is { } passed
                ? new PassedDescriptor(n, passed.Number, passed.Name, vsock.Cid)
                : new DeviceDescriptor(n, Device, vsock.Cid)
        );
        plan.Add(
            QemuOption
                .List("-device", vm.Architecture.Virtio("vhost-vsock"))
                .With("id", "vsock0")
                .With("guest-cid", vsock.Cid)
                .With("vhostfd", number)
        );
    }
}
