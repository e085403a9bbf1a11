namespace VmSpawn.Engine.Boot;

/// <summary>Names of architectures in boot entries and numbers of them in EFI programs.</summary>
internal static class EfiArchitecture
{
    /// <summary>
    /// QEMU's spelling of an entry's architecture (UAPI.1, after the UEFI specification's names of removable media
    /// files); the text itself if it is none of them.
    /// </summary>
    public static string FromName(string name) =>
        name.ToLowerInvariant() switch
        {
            "x64" => "x86_64",
            "ia32" => "i386",
            "aa64" => "aarch64",
            var other and ("arm" or "riscv32" or "riscv64" or "loongarch64") => other,
            _ => name,
        };

    /// <summary>QEMU's spelling of a PE file's machine type (Microsoft's "PE Format"), or <see langword="null"/>.</summary>
    public static string? FromMachine(ushort machine) =>
        machine switch
        {
            0x8664 => "x86_64",
            0x014c => "i386",
            0xaa64 => "aarch64",
            0x01c0 or 0x01c2 or 0x01c4 => "arm",
            0x5032 => "riscv32",
            0x5064 => "riscv64",
            0x6264 => "loongarch64",
            _ => null,
        };
}
