using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Resolution;
using VmSpawn.Engine.Tests.Fakes;
using Xunit;

namespace VmSpawn.Engine.Tests.Resolution;

public sealed class ResolverDecisionTests
{
    private readonly Scenario _scenario = new();

    private static VmConfiguration Disk => Scenario.FromDisk with { Firmware = FirmwareChoice.Bios };

    [Fact]
    public void Automatic_KVM_that_does_not_work_is_emulation_and_says_why()
    {
        var vm = _scenario.Resolve(Disk);
        Assert.False(vm.Accelerator.Kvm);
        Assert.Contains("/dev/kvm does not exist", ReasonOf(vm, "accelerator"));
    }

    [Fact]
    public void Automatic_KVM_that_works_is_used()
    {
        _scenario.Host.Kvm = new DeviceAccess(Usable: true, "QEMU started a virtual CPU with it");
        Assert.True(_scenario.Resolve(Disk).Accelerator.Kvm);
        Assert.False(_scenario.Resolve(Disk with { Kvm = Tristate.No }).Accelerator.Kvm);
    }

    [Fact]
    public void The_name_follows_from_the_image_unless_given()
    {
        Assert.Equal("disk", _scenario.Resolve(Disk).Name);
        var named = _scenario.Resolve(Disk with { Name = MachineName.Parse("web") });
        Assert.Equal("web", named.Name);
        Assert.Equal("/run/vmspawn/web", named.RunDirectory);
    }

    [Fact]
    public void Qcow2_is_recognised_by_its_header()
    {
        _scenario.Host.WithFile(Scenario.Disk, QcowImage.Empty(1 << 30));
        Assert.Equal(DiskFormat.Qcow2, _scenario.Resolve(Disk).Disks[0].Format);
        Assert.Equal(DiskFormat.Raw, _scenario.Resolve(Disk with { ImageFormat = DiskFormat.Raw }).Disks[0].Format);
    }

    [Theory]
    [InlineData("qemu", "qemu-kvm", "/usr/bin/qemu")]
    [InlineData("qemu-kvm", "qemu-system-x86_64", "/usr/bin/qemu-kvm")]
    [InlineData("qemu-system-x86_64", "qemu-system-aarch64", "/usr/bin/qemu-system-x86_64")]
    public void QEMU_is_searched_by_its_names_in_order(string first, string second, string expected)
    {
        _scenario.Host.WithFiles($"/usr/bin/{first}", $"/usr/bin/{second}");
        Assert.Equal(expected, _scenario.Resolve(Disk).QemuBinary);
    }

    // The spec, section 14.
    [Theory]
    [InlineData("00112233445566778899aabbccddeeff", "e95d0869-8137-4c3b-8cdd-f1d14c42fff0")]
    [InlineData("00112233-4455-6677-8899-aabbccddeeff", "e95d0869-8137-4c3b-8cdd-f1d14c42fff0")]
    [InlineData("ffffffffffffffffffffffffffffffff", "29c983ec-1bba-4428-9f32-4c3a18259986")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF", "8ee17cbd-5b0a-4319-908d-38dc47ff1f69")]
    [InlineData("xyz", "5a5a5a5a-5a5a-4a5a-9a5a-5a5a5a5a5a5a")]
    public void The_generation_id_follows_from_the_invocation_or_is_random(string invocation, string expected)
    {
        _scenario.Host.WithEnvironment("INVOCATION_ID", invocation);
        Assert.Equal(Guid.Parse(expected), _scenario.Resolve(Disk).VmGenId);
    }

    [Theory]
    [InlineData("a.raw", "a.raw")]
    [InlineData("exactly-20-bytes.raw", "exactly-20-bytes.raw")]
    [InlineData("a-name-above-20-bytes.raw", "b19912e2bf463e14f534")]
    public void A_disk_has_a_serial_number_that_stays(string file, string serial)
    {
        _scenario.Host.Files.AddSparseFile($"/images/{file}", 1 << 20);
        var vm = _scenario.Resolve(Disk with { Image = HostPath.Parse($"/images/{file}", "image") });
        Assert.Equal(serial, vm.Disks[0].Serial);
    }

    private static string ReasonOf(ResolvedVm vm, string subject) =>
        Assert.Single(vm.Decisions, decision => decision.Subject == subject).Reason;
}
