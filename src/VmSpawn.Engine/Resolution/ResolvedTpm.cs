namespace VmSpawn.Engine.Resolution;

/// <summary>The emulated TPM 2.0.</summary>
/// <param name="Swtpm">Absolute path of <c>swtpm</c>.</param>
/// <param name="SwtpmSetup">Absolute path of <c>swtpm_setup</c>.</param>
/// <param name="Device">QEMU's device.</param>
/// <param name="State">Directory whose content is kept, or <see langword="null"/> for state that ends with the VM.</param>
public sealed record ResolvedTpm(string Swtpm, string SwtpmSetup, string Device, string? State);
