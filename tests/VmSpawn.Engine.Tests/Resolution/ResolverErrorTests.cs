using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Tests.Fakes;
using Xunit;

namespace VmSpawn.Engine.Tests.Resolution;

/// <summary>What cannot work is refused before QEMU runs, by one clear error each.</summary>
public sealed class ResolverErrorTests
{
    private readonly Scenario _scenario = new();

    private static VmConfiguration Disk => Scenario.FromDisk with { Firmware = FirmwareChoice.Bios };

    [Fact]
    public void A_missing_image_is_named()
    {
        _scenario.Host.WithoutFile(Scenario.Disk);
        var error = AssertError("ImageNotFound", VmErrorKind.NotFound, Disk);
        Assert.Contains(Scenario.Disk, error.Message);
        Assert.Equal(Scenario.Disk, error.Target);
    }

    [Fact]
    public void An_image_behind_a_closed_directory_is_no_missing_image()
    {
        _scenario.Host.Files.AddOther(Scenario.Disk, FileKind.Inaccessible);
        AssertError("ImageNotReadable", VmErrorKind.PermissionDenied, Disk);
    }

    [Fact]
    public void An_unreadable_image_is_refused()
    {
        _scenario.Host.Files.Unreadable.Add(Scenario.Disk);
        AssertError("ImageNotReadable", VmErrorKind.PermissionDenied, Disk);
    }

    [Fact]
    public void An_image_that_cannot_be_written_is_refused()
    {
        _scenario.Host.Files.Unwritable.Add(Scenario.Disk);
        AssertError("ImageNotWritable", VmErrorKind.PermissionDenied, Disk);
    }

    [Fact]
    public void A_directory_is_no_image_and_the_hint_says_what_to_do()
    {
        _scenario.Host.WithoutFile(Scenario.Disk).WithDirectory(Scenario.Disk);
        Assert.Contains("-Directory", AssertError("ImageIsDirectory", VmErrorKind.InvalidArgument, Disk).Hint);
    }

    [Fact]
    public void A_fifo_is_no_image()
    {
        _scenario.Host.Files.AddOther(Scenario.Disk, FileKind.Other);
        AssertError("ImageNotAFile", VmErrorKind.InvalidArgument, Disk);
    }

    [Fact]
    public void An_empty_image_is_refused()
    {
        _scenario.Host.WithFile(Scenario.Disk, "");
        AssertError("ImageEmpty", VmErrorKind.InvalidData, Disk);
    }

    [Fact]
    public void An_image_that_another_VM_has_open_is_refused()
    {
        _scenario.Host.Files.LockedByQemu.Add(Scenario.Disk);
        AssertError("ImageInUse", VmErrorKind.Busy, Disk);
    }

    [Fact]
    public void A_block_device_is_raw_and_nothing_else()
    {
        _scenario.Host.WithoutFile(Scenario.Disk).Files.AddBlockDevice(Scenario.Disk, 1 << 30);
        AssertError(
            "BlockDeviceNotRaw",
            VmErrorKind.ConflictingArguments,
            Disk with
            {
                ImageFormat = DiskFormat.Qcow2,
            }
        );
        Assert.Equal(DiskFormat.Raw, _scenario.Resolve(Disk).Disks[0].Format);
    }

    [Fact]
    public void A_missing_kernel_or_initrd_is_named()
    {
        _scenario.Host.WithoutFile(Scenario.Initrd);
        AssertError("InitrdNotFound", VmErrorKind.NotFound, Scenario.FromKernel);
        _scenario.Host.WithoutFile(Scenario.Kernel);
        AssertError("KernelNotFound", VmErrorKind.NotFound, Scenario.FromKernel);
    }

    [Fact]
    public void An_initrd_needs_a_kernel() =>
        AssertError(
            "InitrdNeedsLinux",
            VmErrorKind.ConflictingArguments,
            Disk with
            {
                Initrds = [HostPath.Parse(Scenario.Initrd, "initrd")],
            }
        );

    [Fact]
    public void No_firmware_needs_a_kernel() =>
        AssertError(
            "FirmwareNoneNeedsLinux",
            VmErrorKind.ConflictingArguments,
            Disk with
            {
                Firmware = FirmwareChoice.None,
            }
        );

    [Fact]
    public void An_image_and_a_directory_exclude_each_other() =>
        AssertError(
            "ImageAndDirectory",
            VmErrorKind.ConflictingArguments,
            Disk with
            {
                Directory = HostPath.Parse("/tree", "directory"),
            }
        );

    [Fact]
    public void There_must_be_something_to_boot() =>
        AssertError("NothingToBoot", VmErrorKind.InvalidArgument, new VmConfiguration());

    [Fact]
    public void Without_QEMU_the_error_names_the_package()
    {
        _scenario.Host.WithoutFile(FakeHost.Qemu);
        var error = AssertError("QemuNotFound", VmErrorKind.HostRequirement, Disk);
        Assert.Contains("apt install qemu-system-x86", error.Hint);
    }

    [Fact]
    public void KVM_that_was_demanded_and_does_not_work_is_an_error_with_the_reason()
    {
        var error = AssertError("KvmNotUsable", VmErrorKind.HostRequirement, Disk with { Kvm = Tristate.Yes });
        Assert.Contains("/dev/kvm does not exist", error.Message);
        Assert.Equal("Load the KVM module.", error.Hint);
    }

    [Fact]
    public void A_run_directory_too_long_for_a_socket_is_refused_up_front()
    {
        _scenario.Host.RuntimeRoot = "/" + new string('r', 79);
        AssertError(
            "RunDirectoryTooLong",
            VmErrorKind.InvalidArgument,
            Disk with
            {
                Name = MachineName.Parse("abcdefghi"),
            }
        );
        Assert.NotNull(_scenario.Resolve(Disk with { Name = MachineName.Parse("abcdefgh") }));
    }

    private VmSpawnException AssertError(string errorId, VmErrorKind kind, VmConfiguration configuration)
    {
        var error = Assert.ThrowsAny<VmSpawnException>(() => _scenario.Resolve(configuration));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal(kind, error.Kind);
        Assert.False(string.IsNullOrEmpty(error.Hint));
        return error;
    }
}
