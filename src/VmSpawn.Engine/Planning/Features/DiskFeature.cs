using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>The disks: the one to boot from first, the extra ones behind it, so that the guest names them in that order.</summary>
internal static class DiskFeature
{
    private const string ScsiController = "scsi0";

    public static void Plan(ResolvedVm vm, PlanBuilder plan)
    {
        if (vm.Disks.Any(disk => disk.Type is DiskType.VirtioScsi or DiskType.ScsiCd))
        {
            plan.Add(QemuOption.List("-device", vm.Architecture.Virtio("virtio-scsi")).With("id", ScsiController));
        }

        for (var index = 0; index < vm.Disks.Length; index++)
        {
            var disk = vm.Disks[index];
            var node = $"disk{index}";
            PlanClaim(disk, plan);
            plan.Add(PlanNode(disk, node, plan));
            plan.Add(Device(vm.Architecture, disk, node));
        }
    }

    private static void PlanClaim(ResolvedDisk disk, PlanBuilder plan)
    {
        if (disk.GrowTo is { } length)
        {
            plan.AddFile(new GrownFile(disk.Path, length));
        }

        plan.AddClaim(new ImageClaim(disk.Path, Writable: !disk.IsReadOnly && !disk.IsEphemeral));
    }

    private static QemuOption PlanNode(ResolvedDisk disk, string node, PlanBuilder plan)
    {
        var (path, format, driver) = (disk.Path, disk.Format, disk.IsBlockDevice ? "host_device" : "file");
        if (disk.IsEphemeral)
        {
            var overlay = plan.InRunDirectory($"{node}.qcow2");
            plan.AddFile(new OverlayFile(overlay, path, DiskFormatText.Format(format), disk.VirtualSize));
            (path, format, driver) = (overlay, DiskFormat.Qcow2, "file");
        }

        var option = QemuOption
            .List("-blockdev")
            .With("driver", DiskFormatText.Format(format))
            .With("node-name", node)
            .With("read-only", disk.IsReadOnly)
            .With("discard", disk.Discard ? "unmap" : "ignore");
        if (!disk.IsPrimary || disk.IsEphemeral)
        {
            // Extra drives and overlays trade safety against a crash of the host for speed, as the original does.
            option = option.With("cache.direct", value: false).With("cache.no-flush", value: true);
        }

        return option.With("file.driver", driver).With("file.filename", path);
    }

    private static QemuOption Device(GuestArchitecture architecture, ResolvedDisk disk, string node)
    {
        var device = disk.Type switch
        {
            DiskType.VirtioBlk => QemuOption.List("-device", architecture.Virtio("virtio-blk")),
            DiskType.Nvme => QemuOption.List("-device", "nvme"),
            DiskType.VirtioScsi => QemuOption.List("-device", "scsi-hd").With("bus", $"{ScsiController}.0"),
            _ => QemuOption.List("-device", "scsi-cd").With("bus", $"{ScsiController}.0"),
        };
        device = device.With("id", $"{node}-device").With("drive", node).With("serial", disk.Serial);
        return disk.IsPrimary ? device.With("bootindex", 1) : device;
    }
}
