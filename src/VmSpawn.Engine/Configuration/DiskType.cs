namespace VmSpawn.Engine.Configuration;

/// <summary>The device that a disk appears as in the guest.</summary>
public enum DiskType
{
    /// <summary><c>/dev/vdX</c>: the simplest and fastest.</summary>
    VirtioBlk,

    /// <summary><c>/dev/sdX</c> on a virtio SCSI controller.</summary>
    VirtioScsi,

    /// <summary><c>/dev/nvmeXn1</c>.</summary>
    Nvme,

    /// <summary><c>/dev/srX</c>: read-only.</summary>
    ScsiCd,
}
