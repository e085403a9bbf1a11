using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Firmware;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Ssh;

namespace VmSpawn.PowerShell.Tests.Fakes;

/// <summary>Values as the engine makes them.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static MachineSummary Summary(string? image = "/srv/disk.raw", string? kernel = null) =>
        new()
        {
            Architecture = "x86_64",
            MachineType = "q35",
            Accelerator = "tcg",
            Cpus = 2,
            MemoryBytes = 2L << 30,
            Image = image,
            Kernel = kernel,
            Firmware = "/usr/share/OVMF/OVMF_CODE_4M.fd",
        };

    public static MachineRecord Running(string name) =>
        new()
        {
            Name = name,
            Id = Guid.NewGuid(),
            State = MachineState.Running,
            RunDirectory = $"/run/vmspawn/{name}",
            Summary = Summary(),
            CreatedAt = Start,
            StartedAt = Start,
            Monitor = new ProcessIdentity(101, 1),
            Qemu = new ProcessIdentity(102, 2),
        };

    public static SshKeyFile Key(string path, string type) =>
        new(type, 256, path, $"ssh-{type} AAAA VmSpawn", "SHA256:abc");

    /// <summary>A VM that is reached at a port of this host.</summary>
    public static MachineRecord Reachable(string name) =>
        Running(name) with
        {
            Summary = Summary() with { Ssh = new PlannedSsh($"/run/vmspawn/{name}/ssh-key") { Port = 40022 } },
        };

    public static MachineRecord Ended(MachineRecord machine, int? exitStatus) =>
        machine with
        {
            State = MachineState.Stopped,
            EndedAt = Start.AddSeconds(90),
            ExitStatus = exitStatus,
            EndReason = "guest-shutdown",
        };

    public static MachineRecord Failed(MachineRecord machine) =>
        machine with
        {
            State = MachineState.Failed,
            EndedAt = Start.AddSeconds(90),
            Failure = new MachineFailure(
                "QemuExited",
                "QEMU ended by itself.",
                "qemu: out of memory\n",
                1,
                "Free some."
            ),
        };

    public static LaunchPlan Plan(VmConfiguration configuration)
    {
        var image = configuration.Image?.Value;
        var name =
            configuration.Name?.Value ?? MachineName.FromImage(image ?? configuration.Linux?.Value ?? "none").Value;
        return new LaunchPlan
        {
            Name = name,
            RunDirectory = $"/run/vmspawn/{name}",
            QemuBinary = "/usr/bin/qemu-system-x86_64",
            QemuOptions = [QemuOption.Flag("-nodefaults"), QemuOption.List("-smp", configuration.Cpus.Text)],
            Decisions = [new Decision("accelerator", "tcg", "KVM was not asked")],
            Warnings = ["The moon is full."],
            Files = [new WrittenFile("/run/vmspawn/x/secret", [.. "s3cret"u8], Secret: true)],
            Credentials = [new PlannedCredential("app.token", "/run/vmspawn/x/secret")],
            Summary = Summary(image, configuration.Linux?.Value) with { Console = configuration.Console },
        };
    }

    public static FirmwareCandidate Firmware(string fileName, string architecture, params string[] features) =>
        new(
            $"/fw/{fileName}",
            new FirmwareDescriptor
            {
                Path = $"/fw/{fileName}",
                Description = $"Firmware of {fileName}",
                InterfaceTypes = ["uefi"],
                Targets = [new FirmwareTarget(architecture, ["pc-q35-*"])],
                Device = FirmwareDevice.Flash,
                Mode = FirmwareFlashMode.Split,
                Executable = new FirmwareFile("/fw/code.fd", "raw"),
                NvramTemplate = new FirmwareFile("/fw/vars.fd", "raw"),
                Features = [.. features],
                Tags = ["debug"],
            },
            false,
            features.Contains("enrolled-keys") ? "it has the feature enrolled-keys" : $"it is for {architecture}"
        );

    public static FirmwareCandidate BrokenFirmware(string fileName) =>
        new($"/fw/{fileName}", null, false, "it is not valid: no JSON");
}
