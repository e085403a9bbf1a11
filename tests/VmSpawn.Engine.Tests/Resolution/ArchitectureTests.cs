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

    // The spec, section 2.1.
    [Theory]
    [InlineData("x86_64", "q35", "ttyS0", "tpm-tis")]
    [InlineData("i386", "q35", "ttyS0", null)]
    [InlineData("aarch64", "virt", "ttyAMA0", "tpm-tis-device")]
    [InlineData("arm", "virt", "ttyAMA0", "tpm-tis-device")]
    [InlineData("s390x", "s390-ccw-virtio", "ttysclp0", null)]
    [InlineData("ppc64", "pseries", "hvc0", null)]
    [InlineData("riscv64", "virt", "ttyS0", null)]
    [InlineData("loongarch64", "virt", "ttyS0", null)]
    [InlineData("mipsel", "malta", "ttyS0", null)]
    public void An_architecture_has_its_machine(string name, string machine, string terminal, string? tpm)
    {
        var architecture = GuestArchitecture.Find(name)!;
        Assert.Equal(machine, architecture.MachineType);
        Assert.Equal(terminal, architecture.SerialTerminal);
        Assert.Equal(tpm, architecture.TpmDevice);
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
