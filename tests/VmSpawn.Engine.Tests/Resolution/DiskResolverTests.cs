using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Tests.Fakes;
using Xunit;

namespace VmSpawn.Engine.Tests.Resolution;

public sealed class DiskResolverTests
{
    private const long Size = 64 << 20;

    private readonly Scenario _scenario = new();

    private static VmConfiguration Disk => Scenario.FromDisk;

    [Fact]
    public void A_growing_image_gets_a_multiple_of_4096_bytes()
    {
        var disk = _scenario.Resolve(Disk with { GrowImage = new ByteSize(100000001) }).Disks[0];
        Assert.Equal(100003840, disk.GrowTo);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(32 << 20)]
    [InlineData(Size)]
    public void An_image_never_shrinks(long bytes) =>
        Assert.Null(_scenario.Resolve(Disk with { GrowImage = new ByteSize((ulong)bytes) }).Disks[0].GrowTo);

    [Fact]
    public void A_qcow2_image_is_not_grown_but_its_overlay_is()
    {
        _scenario.Host.WithFile(Scenario.Disk, QcowImage.Empty(Size));
        var grow = Disk with { GrowImage = ByteSize.FromMebibytes(128) };
        var error = Assert.ThrowsAny<VmSpawnException>(() => _scenario.Resolve(grow));
        Assert.Equal("GrowImageNotRaw", error.ErrorId);
        Assert.Contains("qemu-img resize", error.Hint);

        var plan = _scenario.Plan(grow with { Ephemeral = true });
        var overlay = Assert.Single(plan.Files.OfType<OverlayFile>());
        Assert.Equal(("qcow2", 128L << 20), (overlay.BaseFormat, overlay.VirtualSize));
    }

    [Fact]
    public void An_ephemeral_vm_writes_to_overlays_only()
    {
        _scenario.Host.WithFile("/images/data.raw").Files.Unwritable.UnionWith([Scenario.Disk, "/images/data.raw"]);
        var plan = _scenario.Plan(
            Disk with
            {
                Ephemeral = true,
                ExtraDrives = [DriveSpec.Parse("/images/data.raw", "/")],
            }
        );
        Assert.All(plan.Claims, claim => Assert.False(claim.Writable));
        Assert.Equal(2, plan.Files.OfType<OverlayFile>().Count());
        Assert.All(
            Scenario.ValuesOf(plan, "-blockdev"),
            node => Assert.Contains($"file.filename={plan.RunDirectory}/", node)
        );
        Assert.Equal("disk-5a5a5a5a5a5a5a5a", plan.Name);
    }

    [Fact]
    public void An_ephemeral_vm_with_a_name_keeps_it() =>
        Assert.Equal("web", _scenario.Resolve(Disk with { Ephemeral = true, Name = MachineName.Parse("web") }).Name);

    [Fact]
    public void A_cd_is_read_only_and_says_what_has_no_effect()
    {
        _scenario.Host.Files.Unwritable.Add(Scenario.Disk);
        var vm = _scenario.Resolve(
            Disk with
            {
                ImageDiskType = DiskType.ScsiCd,
                GrowImage = ByteSize.FromMebibytes(128),
                Ephemeral = true,
                KernelArguments = ["rw"],
            }
        );
        var disk = vm.Disks[0];
        Assert.True(disk.IsReadOnly);
        Assert.False(disk.Discard);
        Assert.False(disk.IsEphemeral);
        Assert.Null(disk.GrowTo);
        Assert.Equal(["rw", "ro"], vm.KernelArguments);
        Assert.Equal(2, vm.Warnings.Count(warning => warning.Contains("scsi-cd")));
    }

    [Fact]
    public void An_image_that_refers_to_another_file_must_be_trusted_by_name()
    {
        _scenario.Host.WithFile(Scenario.Disk, QcowImage.Empty(Size, "/etc/shadow"));
        var error = Assert.ThrowsAny<VmSpawnException>(() => _scenario.Resolve(Disk));
        Assert.Equal("ImageRefersToFile", error.ErrorId);
        Assert.Contains("/etc/shadow", error.Message);
        Assert.Equal(DiskFormat.Qcow2, _scenario.Resolve(Disk with { ImageFormat = DiskFormat.Qcow2 }).Disks[0].Format);
    }

    [Fact]
    public void A_format_that_the_image_has_not_is_an_error() =>
        Assert.Equal(
            "ImageFormatMismatch",
            Assert
                .ThrowsAny<VmSpawnException>(() => _scenario.Resolve(Disk with { ImageFormat = DiskFormat.Qcow2 }))
                .ErrorId
        );

    [Fact]
    public void An_extra_drive_is_raw_unless_said_and_warns_if_it_looks_otherwise()
    {
        _scenario.Host.WithFile("/images/data", QcowImage.Empty(Size));
        var raw = _scenario.Resolve(Disk with { ExtraDrives = [DriveSpec.Parse("/images/data", "/")] });
        Assert.Equal(DiskFormat.Raw, raw.Disks[1].Format);
        Assert.Contains("qcow2", Assert.Single(raw.Warnings));

        var qcow = _scenario.Resolve(Disk with { ExtraDrives = [DriveSpec.Parse("qcow2:/images/data", "/")] });
        Assert.Equal(DiskFormat.Qcow2, qcow.Disks[1].Format);
        Assert.Empty(qcow.Warnings);
    }

    [Fact]
    public void An_extra_drive_is_of_the_images_type_unless_said()
    {
        _scenario.Host.WithFiles("/a", "/b");
        var vm = _scenario.Resolve(
            Disk with
            {
                ImageDiskType = DiskType.Nvme,
                ExtraDrives = [DriveSpec.Parse("/a", "/"), DriveSpec.Parse("virtio-scsi:/b", "/")],
            }
        );
        Assert.Equal([DiskType.Nvme, DiskType.Nvme, DiskType.VirtioScsi], vm.Disks.Select(disk => disk.Type));
    }

    [Fact]
    public void An_extra_drive_that_is_missing_or_in_use_has_errors_of_its_own()
    {
        var drive = Disk with { ExtraDrives = [DriveSpec.Parse("/a", "/")] };
        Assert.Equal("ExtraDriveNotFound", Assert.ThrowsAny<VmSpawnException>(() => _scenario.Resolve(drive)).ErrorId);
        _scenario.Host.WithFiles("/a").Files.LockedByQemu.Add("/a");
        Assert.Equal("ExtraDriveInUse", Assert.ThrowsAny<VmSpawnException>(() => _scenario.Resolve(drive)).ErrorId);
    }

    [Fact]
    public void The_same_file_cannot_be_two_drives_unless_both_are_only_read()
    {
        var twice = Disk with { ExtraDrives = [DriveSpec.Parse(Scenario.Disk, "/")] };
        Assert.Equal("DriveGivenTwice", Assert.ThrowsAny<VmSpawnException>(() => _scenario.Resolve(twice)).ErrorId);
        _scenario.Host.Files.AddLink("/link", Scenario.Disk);
        var linked = Disk with { ExtraDrives = [DriveSpec.Parse("/link", "/")] };
        Assert.Equal("DriveGivenTwice", Assert.ThrowsAny<VmSpawnException>(() => _scenario.Resolve(linked)).ErrorId);
        Assert.Equal(2, _scenario.Resolve(twice with { ImageDiskType = DiskType.ScsiCd }).Disks.Length);
    }
}
