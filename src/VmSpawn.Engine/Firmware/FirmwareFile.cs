namespace VmSpawn.Engine.Firmware;

/// <summary>A file that firmware consists of.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Format">QEMU's name of its format, <c>raw</c> or <c>qcow2</c> as a rule.</param>
public sealed record FirmwareFile(string Path, string Format);
