using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Resolution;
using VmSpawn.Engine.Tests.Fakes;
using Xunit;

namespace VmSpawn.Engine.Tests.Resolution;

public sealed class ArchitectureTests
{
    private readonly Scenario _scenario = new();

    [Theory]
    [InlineData("x86-64", "x86_64")]
    [InlineData("amd64", "x86_64")]
    [InlineData("i686", "i386")]
    [InlineData("arm64", "aarch64")]
    [InlineData("armv7l", "arm")]
    [InlineData("ppc64le", "ppc64")]
    [InlineData("parisc", "hppa")]
    [InlineData("mips64-le", "mips64el")]
    public void An_architecture_has_many_names(string name, string expected) =>
        Assert.Equal(expected, GuestArchitecture.Find(name)?.Name);

    // The spec, section 2.1, its faults mended: 64-bit POWER and MIPS have their own QEMU, 32-bit ARM has its TPM device,
    // and the architectures that version 256 does not build for have machines. PC: system management mode.
    [Theory]
    [InlineData("x86_64", "q35", "ttyS0", "tpm-tis", "PC SMBIOS fw_cfg UEFI 2048")]
    [InlineData("i386", "q35", "ttyS0", null, "PC SMBIOS fw_cfg UEFI 2048")]
    [InlineData("aarch64", "virt", "ttyAMA0", "tpm-tis-device", "SMBIOS fw_cfg UEFI 2048")]
    [InlineData("arm", "virt", "ttyAMA0", "tpm-tis-device", "SMBIOS fw_cfg UEFI 1024")]
    [InlineData("s390x", "s390-ccw-virtio", "ttysclp0", null, "512")]
    [InlineData("ppc", "pseries", "hvc0", null, "512")]
    [InlineData("ppc64", "pseries", "hvc0", null, "512")]
    [InlineData("riscv32", "virt", "ttyS0", null, "fw_cfg 1024")]
    [InlineData("riscv64", "virt", "ttyS0", null, "fw_cfg UEFI 1024")]
    [InlineData("loongarch64", "virt", "ttyS0", null, "fw_cfg UEFI 4096")]
    [InlineData("m68k", "virt", "ttyS0", null, "512")]
    [InlineData("mips", "malta", "ttyS0", null, "512")]
    [InlineData("mipsel", "malta", "ttyS0", null, "512")]
    [InlineData("mips64", "malta", "ttyS0", null, "512")]
    [InlineData("mips64el", "malta", "ttyS0", null, "512")]
    [InlineData("sparc64", "sun4u", "ttyS0", null, "512")]
    [InlineData("alpha", "clipper", "ttyS0", null, "512")]
    [InlineData("hppa", "hppa", "ttyS0", null, "512")]
    public void An_architecture_has_its_machine(
        string name,
        string machine,
        string terminal,
        string? tpm,
        string properties
    )
    {
        var architecture = GuestArchitecture.Find(name)!;
        Assert.Equal(machine, architecture.MachineType);
        Assert.Equal(terminal, architecture.SerialTerminal);
        Assert.Equal(tpm, architecture.TpmDevice);
        string[] has =
        [
            .. architecture.IsPc ? ["PC"] : Array.Empty<string>(),
            .. architecture.HasSmbios ? ["SMBIOS"] : Array.Empty<string>(),
            .. architecture.HasFirmwareConfiguration ? ["fw_cfg"] : Array.Empty<string>(),
            .. architecture.HasUefi ? ["UEFI"] : Array.Empty<string>(),
            $"{architecture.CommandLineLimit}",
        ];
        Assert.Equal(properties, string.Join(' ', has));
    }

    [Fact]
    public void Every_architecture_is_in_that_table() =>
        Assert.Equal(
            typeof(ArchitectureTests)
                .GetMethod(nameof(An_architecture_has_its_machine))!
                .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false)
                .Cast<InlineDataAttribute>()
                .Select(row => (string)row.Data[0]!),
            GuestArchitecture.All.Select(architecture => architecture.Name)
        );

    // The spec, section 5.2.
    [Theory]
    [InlineData("x86_64", "4f68bce3-e8cd-4db1-96e7-fbcaf984b709", "8484680c-9521-48c6-9c11-b0720656f69e")]
    [InlineData("i386", "44479540-f297-41b2-9af7-d131d5f0458a", "75250d76-8cc6-458e-bd66-bd47cc81a812")]
    [InlineData("aarch64", "b921b045-1df0-41c3-af44-4c6f280d3fae", "b0e01050-ee5f-4390-949a-9101b17104e9")]
    [InlineData("arm", "69dad710-2ce4-4e3c-b16c-21a1d49abed3", "7d0359a3-02b3-4f0a-865c-654403e70625")]
    [InlineData("riscv64", "72ec70a6-cf74-40e6-bd49-4bda08e8f224", "beaec34b-8442-439b-a40b-984381ed097d")]
    [InlineData("s390x", "5eead9a9-fe09-4a1e-a1d7-520d00531306", "8a4f5770-50aa-4ed3-874a-99b710db6fea")]
    [InlineData("ppc64le", "c31c45e6-3f39-412e-80fb-4809c4980599", "15bb03af-77e7-4d4a-b12b-c0d084f7491c")]
    [InlineData("loongarch64", "77055800-792c-4f94-b39a-98c91b762bb6", "e611c702-575c-4cbe-9a46-434fa0bf7e3f")]
    public void An_architecture_has_partition_types_of_its_own(string name, string root, string usr)
    {
        var architecture = GuestArchitecture.Find(name)!;
        Assert.Equal((new Guid(root), new Guid(usr)), (architecture.RootPartitionType, architecture.UsrPartitionType));
    }

    [Fact]
    public void Every_architecture_gives_a_plan_for_a_kernel()
    {
        foreach (var architecture in GuestArchitecture.All)
        {
            _scenario.Host.WithFiles($"/usr/bin/qemu-system-{architecture}");
            var plan = _scenario.Plan(Scenario.FromKernel with { Architecture = architecture.Name });
            Assert.Contains($"type={architecture.MachineType}", string.Join(' ', plan.QemuArgv));
            Assert.Contains($"console={architecture.SerialTerminal}", Scenario.ValuesOf(plan, "-append"));
        }
    }

    [Fact]
    public void A_machine_with_firmware_of_its_own_needs_none()
    {
        _scenario.Host.WithFiles("/usr/bin/qemu-system-s390x");
        var vm = _scenario.Resolve(Scenario.FromDisk with { Architecture = "s390x" });
        Assert.Equal(FirmwareMode.Bios, vm.Firmware.Mode);
    }

    [Fact]
    public void An_unknown_architecture_is_an_error_that_names_the_known_ones()
    {
        var error = Assert.Throws<InvalidValueException>(() =>
            _scenario.Resolve(Scenario.FromKernel with { Architecture = "vax" })
        );
        Assert.Equal("InvalidArchitecture", error.ErrorId);
        Assert.Contains("aarch64", error.Hint);
    }

    [Fact]
    public void A_foreign_guest_needs_its_own_qemu_and_cannot_have_kvm()
    {
        _scenario.Host.WithFiles("/usr/bin/qemu", "/usr/bin/qemu-kvm");
        var foreign = Scenario.FromKernel with { Architecture = "aarch64" };
        Assert.Equal("QemuNotFound", Assert.Throws<HostRequirementException>(() => _scenario.Resolve(foreign)).ErrorId);
        _scenario.Host.WithFiles("/usr/bin/qemu-system-aarch64");
        Assert.Equal("/usr/bin/qemu-system-aarch64", _scenario.Resolve(foreign).QemuBinary);
        Assert.Equal(
            "KvmNotUsable",
            Assert
                .Throws<HostRequirementException>(() => _scenario.Resolve(foreign with { Kvm = Tristate.Yes }))
                .ErrorId
        );
    }
}
