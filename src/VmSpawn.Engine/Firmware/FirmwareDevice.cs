namespace VmSpawn.Engine.Firmware;

/// <summary>Where firmware goes in the VM (QEMU's <c>docs/interop/firmware.json</c>, FirmwareDevice).</summary>
public enum FirmwareDevice
{
    /// <summary>Flash memory (pflash).</summary>
    Flash,

    /// <summary>Started like a kernel, with <c>-kernel</c>.</summary>
    Kernel,

    /// <summary>Plain memory, with <c>-bios</c>; it keeps no variables.</summary>
    Memory,
}
