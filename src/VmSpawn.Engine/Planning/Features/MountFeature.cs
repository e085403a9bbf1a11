using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>
/// Directories of the host in the guest: one virtiofsd each, which meets QEMU at a socket in the run directory. The
/// guest mounts them by its kernel command line.
/// </summary>
internal static class MountFeature
{
    // Depth of the request queue; virtiofsd's own default.
    private const int QueueSize = 1024;

    public static void Plan(ResolvedVm vm, PlanBuilder plan)
    {
        for (var index = 0; index < vm.Mounts.Length; index++)
        {
            var mount = vm.Mounts[index];
            var id = $"virtiofsd-{index}";
            if (mount.Target is null)
            {
                // Two systems on one tree would ruin it, as on one disk.
                plan.AddClaim(new ImageClaim(mount.Source, Writable: !mount.IsEphemeral));
            }

            var socket = plan.InRunDirectory($"{id}.sock");
            plan.AddHelper(VirtiofsdCommand.Compose(id, socket, mount, vm.Virtiofsd!));
            plan.Add(QemuOption.List("-chardev", "socket").With("id", id).With("path", socket));
            plan.Add(
                QemuOption
                    .List("-device", vm.Architecture.Virtio("vhost-user-fs"))
                    .With("queue-size", QueueSize)
                    .With("chardev", id)
                    .With("tag", mount.Tag)
            );
        }
    }
}
