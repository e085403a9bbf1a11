using System.Text.Json.Nodes;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Tests.Fakes;
using VmSpawn.Engine.Tests.Firmware;
using Xunit;

namespace VmSpawn.Engine.Tests.Resolution;

public sealed class FirmwareDeciderTests
{
    private readonly Scenario _scenario = new();

    private static VmConfiguration Disk => Scenario.FromDisk;

    [Fact]
    public void The_first_firmware_without_enrolled_keys_is_taken()
    {
        var firmware = _scenario.Resolve(Disk).Firmware;
        Assert.Equal(DebianFirmware.SecureBootCode, firmware.Code);
        Assert.True(firmware.SecureBoot);
    }

    [Fact]
    public void Firmware_without_secure_boot_is_taken_silently_only_if_that_was_asked_for()
    {
        Assert.Empty(_scenario.Resolve(Disk with { SecureBoot = Tristate.No }).Warnings);
        var named = FirmwareChoice.Parse(DebianFirmware.PlainDescriptor, "/");
        Assert.Contains("Secure Boot", Assert.Single(_scenario.Resolve(Disk with { Firmware = named }).Warnings));
    }

    [Fact]
    public void Features_can_be_demanded_and_excluded()
    {
        var enrolled = FirmwareFeatureFilter.Default.With("enrolled-keys");
        Assert.EndsWith("ms.fd", _scenario.Resolve(Disk with { FirmwareFeatures = enrolled }).Firmware.NvramTemplate);
        var plain = FirmwareFeatureFilter.Default.With("~secure-boot");
        Assert.Equal(DebianFirmware.PlainCode, _scenario.Resolve(Disk with { FirmwareFeatures = plain }).Firmware.Code);
        var both = Disk with { FirmwareFeatures = plain, SecureBoot = Tristate.Yes };
        Assert.Equal(DebianFirmware.SecureBootCode, _scenario.Resolve(both).Firmware.Code);
    }

    [Fact]
    public void Without_fitting_firmware_the_error_says_what_was_wanted_and_how_to_get_it()
    {
        var error = Assert.Throws<HostRequirementException>(() =>
            _scenario.Resolve(
                Disk with
                {
                    FirmwareFeatures = FirmwareFeatureFilter.Default.With("secure-boot,~requires-smm"),
                }
            )
        );
        Assert.Equal("FirmwareNotFound", error.ErrorId);
        Assert.Contains("with secure-boot", error.Message);
        Assert.Contains("without requires-smm", error.Message);
        Assert.Contains("apt install ovmf", error.Hint);
    }

    [Fact]
    public void A_feature_that_no_firmware_has_is_named_with_those_there_are()
    {
        var error = Assert.Throws<VmSpawnException>(() =>
            _scenario.Resolve(Disk with { FirmwareFeatures = FirmwareFeatureFilter.Default.With("nosuch") })
        );
        Assert.Equal("FirmwareFeatureNotFound", error.ErrorId);
        Assert.Equal("nosuch", error.Target);
        Assert.Contains("secure-boot", error.Hint);
    }

    [Fact]
    public void The_variable_store_is_a_private_copy_unless_it_is_kept()
    {
        Assert.Equal("/run/vmspawn/disk/efivars.fd", StoreOf(Disk).Path);
        Assert.False(StoreOf(Disk).KeepExisting);
        var beside = Disk with { EfiNvramState = StateLocation.BesideImage };
        Assert.Equal("/images/disk.raw.efinvramstate", StoreOf(beside).Path);
        Assert.True(StoreOf(beside).KeepExisting);
        Assert.False(StoreOf(beside with { Ephemeral = true }).KeepExisting);
    }

    [Fact]
    public void A_kept_variable_store_must_be_a_file_that_no_other_vm_has()
    {
        const string State = "/images/disk.raw.efinvramstate";
        var beside = Disk with { EfiNvramState = StateLocation.BesideImage };
        _scenario.Host.WithDirectory(State);
        Assert.Equal(
            "NvramStateIsDirectory",
            Assert.ThrowsAny<VmSpawnException>(() => _scenario.Resolve(beside)).ErrorId
        );
        _scenario.Host.WithFile(State, "");
        var empty = Assert.ThrowsAny<VmSpawnException>(() => _scenario.Resolve(beside));
        Assert.Equal("NvramStateEmpty", empty.ErrorId);
        Assert.Contains("Remove it", empty.Hint);
        _scenario.Host.WithFile(State).Files.LockedByQemu.Add(State);
        Assert.Equal("NvramStateInUse", Assert.ThrowsAny<VmSpawnException>(() => _scenario.Resolve(beside)).ErrorId);
    }

    [Fact]
    public void Firmware_that_was_named_and_is_for_another_machine_is_taken_with_a_warning()
    {
        const string Foreign = "/usr/share/qemu/firmware/50-foreign.json";
        _scenario.Host.WithFile(
            Foreign,
            DescriptorBuilder
                .Ordinary("/usr/share/OVMF/OVMF_CODE_4M.fd", "/usr/share/OVMF/OVMF_VARS_4M.fd")
                .With("targets", new JsonArray(DescriptorBuilder.Target("aarch64", "virt-*")))
                .ToJsonString()
        );
        var vm = _scenario.Resolve(
            Disk with
            {
                Firmware = FirmwareChoice.FromDescriptor(HostPath.Parse(Foreign, "firmware")),
                SecureBoot = Tristate.No,
            }
        );
        Assert.Equal(Foreign, vm.Firmware.Descriptor);
        Assert.Contains("aarch64 (virt-*), not for x86_64", Assert.Single(vm.Warnings));
    }

    [Fact]
    public void A_new_variable_store_needs_a_directory_that_may_be_written()
    {
        var kept = Disk with { EfiNvramState = StateLocation.Parse("/kept/vars.fd", "/", "efi-nvram-state") };
        var missing = Assert.ThrowsAny<VmSpawnException>(() => _scenario.Resolve(kept));
        Assert.Equal("NvramStateDirectoryNotFound", missing.ErrorId);
        Assert.Equal("/kept/vars.fd", missing.Target);
        Assert.Contains("'/kept'", missing.Message);
        _scenario.Host.WithDirectory("/kept").Files.Unwritable.Add("/kept");
        Assert.Equal(
            "NvramStateNotWritable",
            Assert.ThrowsAny<VmSpawnException>(() => _scenario.Resolve(kept)).ErrorId
        );
    }

    [Fact]
    public void The_template_of_the_variable_store_can_be_another()
    {
        var other = Disk with { EfiNvramTemplate = HostPath.Parse("/my/vars.fd", "efi-nvram-template") };
        Assert.Equal(
            "NvramTemplateNotFound",
            Assert.ThrowsAny<VmSpawnException>(() => _scenario.Resolve(other)).ErrorId
        );
        _scenario.Host.WithFiles("/my/vars.fd");
        Assert.Equal("/my/vars.fd", StoreOf(other).Source);
    }

    [Fact]
    public void Without_uefi_secure_boot_is_refused_and_a_variable_store_warned_of()
    {
        var bios = Disk with { Firmware = FirmwareChoice.Bios };
        Assert.Equal(
            "SecureBootNeedsUefi",
            Assert.ThrowsAny<VmSpawnException>(() => _scenario.Resolve(bios with { SecureBoot = Tristate.Yes })).ErrorId
        );
        Assert.Single(_scenario.Resolve(bios with { EfiNvramState = StateLocation.BesideImage }).Warnings);
    }

    [Fact]
    public void A_bios_is_a_pcs()
    {
        _scenario.Host.WithFiles("/usr/bin/qemu-system-aarch64");
        Assert.Equal(
            "NoBios",
            Assert
                .ThrowsAny<VmSpawnException>(() =>
                    _scenario.Resolve(Disk with { Firmware = FirmwareChoice.Bios, Architecture = "aarch64" })
                )
                .ErrorId
        );
    }

    private CopiedFile StoreOf(VmConfiguration configuration) =>
        Assert.Single(_scenario.Plan(configuration).Files.OfType<CopiedFile>());
}
