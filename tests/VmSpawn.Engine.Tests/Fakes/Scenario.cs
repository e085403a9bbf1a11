using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Tests.Fakes;

/// <summary>
/// The usual Debian host with one disk image and one kernel, and short ways from a configuration to what follows from
/// it. Tests change the host or the configuration where they differ.
/// </summary>
internal sealed class Scenario
{
    public const string Disk = "/images/disk.raw";
    public const string Kernel = "/boot/vmlinuz";
    public const string Initrd = "/boot/initrd.img";

    public Scenario()
    {
        Host.WithDebianFirmware().WithFiles(Kernel, Initrd);
        Host.Files.AddSparseFile(Disk, 64 << 20);
    }

    public FakeHost Host { get; } = new();

    /// <summary>A VM that boots from the disk image; nothing is left to the host's helpers.</summary>
    public static VmConfiguration FromDisk => new() { Image = HostPath.Parse(Disk, "image") };

    /// <summary>A VM that starts the kernel directly, without firmware.</summary>
    public static VmConfiguration FromKernel =>
        new()
        {
            Linux = HostPath.Parse(Kernel, "linux"),
            Initrds = [HostPath.Parse(Initrd, "initrd")],
            Firmware = FirmwareChoice.None,
        };

    public ResolvedVm Resolve(VmConfiguration configuration) => new VmResolver(Host).Resolve(configuration);

    public LaunchPlan Plan(VmConfiguration configuration) => LaunchPlanner.Plan(Resolve(configuration));

    /// <summary>The values of one of QEMU's options, in order.</summary>
    public static string[] ValuesOf(LaunchPlan plan, string option) =>
        [.. plan.QemuOptions.Where(item => item.Name == option).Select(item => item.Value ?? "")];
}
