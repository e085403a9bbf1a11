using System.Collections.Immutable;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Firmware;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.PowerShell.Tests.Fakes;

/// <summary>
/// A host below one directory: firmware, machine pool and runtime root are there; no KVM, no VSOCK, and QEMU by name only.
/// The engine that plans for it is the real one.
/// </summary>
internal sealed class TemporaryHost : IHost
{
    private readonly string _root;

    public TemporaryHost(string root)
    {
        _root = root;
        Directory.CreateDirectory(FirmwareDirectory);
        Directory.CreateDirectory(Pool);
        AddFirmware("50-secure.json", "x86_64", "pc-q35-*", "acpi-s3", "requires-smm", "secure-boot");
        AddFirmware("60-plain.json", "x86_64", "pc-q35-*", "acpi-s3");
    }

    /// <summary>Directory of the firmware descriptors.</summary>
    public string FirmwareDirectory => Path.Join(_root, "firmware");

    /// <summary>Directory of the machine images.</summary>
    public string Pool => Path.Join(_root, "machines");

    public string Architecture => "x86_64";

    public string HostName => "host";

    public ImmutableArray<byte> MachineId => [.. new byte[16]];

    public bool IsPrivileged => false;

    public GuardedFiles Files { get; } = new();

    IHostFiles IHost.Files => Files;

    /// <summary>Short, as that of a real host; planning makes nothing there.</summary>
    public string RuntimeRoot => "/run/vmspawn";

    public ImmutableArray<string> FirmwareDirectories => [FirmwareDirectory];

    public ImmutableArray<string> ImageDirectories => [Pool];

    /// <summary>The engine's plan on this host.</summary>
    public LaunchPlan Plan(VmConfiguration configuration) =>
        LaunchPlanner.Plan(new VmResolver(this).Resolve(configuration));

    /// <summary>The firmware of this host, as the engine sees it.</summary>
    public IReadOnlyList<FirmwareCandidate> ListFirmware() =>
        new FirmwareCatalog(this).Evaluate(new FirmwareQuery { Architecture = "x86_64", MachineType = "q35" });

    public string? GetEnvironmentVariable(string name) => null;

    public string? FindExecutable(string name) =>
        name.StartsWith("qemu-system-x86", StringComparison.Ordinal) ? $"/usr/bin/{name}" : null;

    public DeviceAccess ProbeWindow(string qemuBinary) => new(Usable: false, "there is no display", "Use -Vnc.");

    public DeviceAccess ProbeKvm(string qemuBinary) => new(Usable: false, "/dev/kvm does not exist", "Load kvm.");

    public DeviceAccess ProbeVhostVsock() => new(Usable: false, "/dev/vhost-vsock does not exist", "Load vhost_vsock.");

    /// <summary>Port 7 is somebody's.</summary>
    public PortAvailability ProbePort(PortForward forward) =>
        forward.HostPort == 7 ? PortAvailability.InUse : PortAvailability.Free;

    public Version GetQemuVersion(string qemuBinary) => new(9, 2, 0);

    /// <summary>Adds UEFI firmware with a variable store.</summary>
    public void AddFirmware(string fileName, string architecture, string machine, params string[] features)
    {
        File.WriteAllText(Path.Join(_root, $"{fileName}.code"), "code");
        File.WriteAllText(Path.Join(_root, $"{fileName}.vars"), "vars");
        var names = string.Join(", ", features.Select(feature => $"\"{feature}\""));
        File.WriteAllText(
            Path.Join(FirmwareDirectory, fileName),
            $$"""
            {
                "description": "Firmware {{fileName}}",
                "interface-types": ["uefi"],
                "mapping": {
                    "device": "flash",
                    "executable": {"filename": "{{_root}}/{{fileName}}.code", "format": "raw"},
                    "nvram-template": {"filename": "{{_root}}/{{fileName}}.vars", "format": "raw"}
                },
                "targets": [{"architecture": "{{architecture}}", "machines": ["{{machine}}"]}],
                "features": [{{names}}],
                "tags": []
            }
            """
        );
    }
}
