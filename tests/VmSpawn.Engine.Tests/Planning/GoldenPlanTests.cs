using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Tests.Fakes;
using Xunit;

namespace VmSpawn.Engine.Tests.Planning;

/// <summary>Whole plans, one file each, so that a change of behaviour shows as a readable difference.</summary>
public sealed class GoldenPlanTests
{
    private readonly Scenario _scenario = new();

    [Fact]
    public void A_kernel_and_an_initrd_without_firmware() =>
        Verify(
            "kernel",
            Scenario.FromKernel with
            {
                Ram = MemorySize.Parse("512M"),
                KernelArguments = ["quiet", "panic=-1"],
            }
        );

    [Fact]
    public void Two_initrds_are_joined() =>
        Verify(
            "kernel-two-initrds",
            Scenario.FromKernel with
            {
                Initrds = [HostPath.Parse(Scenario.Initrd, "initrd"), HostPath.Parse(Scenario.Kernel, "initrd")],
            }
        );

    [Fact]
    public void A_disk_with_the_BIOS() =>
        Verify(
            "disk-bios",
            Scenario.FromDisk with
            {
                Name = MachineName.Parse("web"),
                Firmware = FirmwareChoice.Bios,
                Cpus = CpuTopology.Parse("4,sockets=2,cores=2"),
                Ram = MemorySize.Parse("1G:4G:2"),
                Uuid = MachineUuid.Parse("01234567-89ab-cdef-0123-456789abcdef"),
                Network = NetworkMode.User,
                DiscardDisk = false,
                KernelArguments = ["systemd.unit=rescue.target", "a=1,2"],
                QemuArguments = ["-device", "usb-kbd"],
            }
        );

    private void Verify(string name, VmConfiguration configuration) =>
        GoldenFile.Verify(name, _scenario.Plan(configuration).ToText());
}
