namespace VmSpawn.Completion;

/// <summary>Completes the device that a disk appears as.</summary>
public sealed class DiskTypeCompleter : WordCompleter
{
    internal static readonly (string Text, string ToolTip)[] Types =
    [
        ("virtio-blk", "A virtio disk, the default: /dev/vda"),
        ("virtio-scsi", "A SCSI disk: /dev/sda"),
        ("nvme", "An NVMe drive: /dev/nvme0n1"),
        ("scsi-cd", "A CD-ROM drive: /dev/sr0"),
    ];

    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() => Types;
}
