namespace VmSpawn.Engine.Firmware;

/// <summary>Where firmware in flash keeps its variables (QEMU's <c>docs/interop/firmware.json</c>, FirmwareFlashMode).</summary>
public enum FirmwareFlashMode
{
    /// <summary>In a second flash device, made from a template; the usual way.</summary>
    Split,

    /// <summary>In the same file as the code.</summary>
    Combined,

    /// <summary>Nowhere.</summary>
    Stateless,
}
