namespace VmSpawn.Engine.Tests.Fakes;

/// <summary>The UEFI firmware descriptors that Debian's ovmf package installs.</summary>
internal static class DebianFirmware
{
    public const string Directory = "/usr/share/qemu/firmware";
    public const string SecureBootCode = "/usr/share/OVMF/OVMF_CODE_4M.secboot.fd";
    public const string PlainCode = "/usr/share/OVMF/OVMF_CODE_4M.fd";
    public const string PlainDescriptor = $"{Directory}/60-edk2-x86_64.json";

    private const string Variables = "/usr/share/OVMF/OVMF_VARS_4M.fd";
    private const string EnrolledVariables = "/usr/share/OVMF/OVMF_VARS_4M.ms.fd";

    public static FakeHost WithDebianFirmware(this FakeHost host) =>
        host.WithFiles(SecureBootCode, PlainCode, Variables, EnrolledVariables)
            .WithFile(
                $"{Directory}/40-edk2-x86_64-secure-enrolled.json",
                Descriptor(SecureBootCode, EnrolledVariables, "secure-boot", "requires-smm", "enrolled-keys")
            )
            .WithFile(
                $"{Directory}/50-edk2-x86_64-secure.json",
                Descriptor(SecureBootCode, Variables, "secure-boot", "requires-smm")
            )
            .WithFile(PlainDescriptor, Descriptor(PlainCode, Variables));

    private static string Descriptor(string code, string variables, params string[] features) =>
        $$"""
            {
              "description": "UEFI firmware for x86_64",
              "interface-types": ["uefi"],
              "mapping": {
                "device": "flash",
                "executable": { "filename": "{{code}}", "format": "raw" },
                "nvram-template": { "filename": "{{variables}}", "format": "raw" }
              },
              "targets": [{ "architecture": "x86_64", "machines": ["pc-q35-*"] }],
              "features": ["acpi-s3", "amd-sev", "verbose-dynamic"{{string.Concat(
                features.Select(feature => $", \"{feature}\"")
            )}}],
              "tags": []
            }
            """;
}
