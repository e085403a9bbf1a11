namespace VmSpawn.Engine.Configuration;

/// <summary>Format of a disk image.</summary>
public enum DiskFormat
{
    /// <summary>The disk's bytes as they are; also every block device.</summary>
    Raw,

    /// <summary>QEMU's copy-on-write format.</summary>
    Qcow2,

    /// <summary>VMware's format.</summary>
    Vmdk,

    /// <summary>Hyper-V's format.</summary>
    Vhdx,

    /// <summary>VirtualBox's format.</summary>
    Vdi,
}
