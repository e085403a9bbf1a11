using CsCheck;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using Xunit;

namespace VmSpawn.Engine.Tests.Configuration;

public sealed class DriveSpecTests
{
    [Theory]
    [InlineData("x.raw", "/w/x.raw", null, null)]
    [InlineData("raw:x", "/w/x", DiskFormat.Raw, null)]
    [InlineData("qcow2:nvme:x", "/w/x", DiskFormat.Qcow2, DiskType.Nvme)]
    [InlineData("nvme:qcow2:x", "/w/x", DiskFormat.Qcow2, DiskType.Nvme)]
    [InlineData("raw:qcow2:x", "/w/x", DiskFormat.Qcow2, null)]
    [InlineData("scsi-cd:/x,1.iso", "/x,1.iso", null, DiskType.ScsiCd)]
    [InlineData("foo:bar.img", "/w/foo:bar.img", null, null)]
    [InlineData("raw:foo:nvme:x", "/w/foo:nvme:x", DiskFormat.Raw, null)]
    [InlineData("RAW:x", "/w/RAW:x", null, null)]
    public void Prefixes_come_in_any_order_and_the_rest_is_the_path(
        string text,
        string path,
        DiskFormat? format,
        DiskType? type
    ) => Assert.Equal(new DriveSpec(HostPath.Parse(path, "extra-drive"), format, type), DriveSpec.Parse(text, "/w"));

    [Theory]
    [InlineData("")]
    [InlineData("raw:")]
    [InlineData("nvme:")]
    [InlineData("qcow2:virtio-scsi:")]
    public void A_drive_needs_a_path(string text) =>
        Assert.Equal(
            "InvalidExtraDrive",
            Assert.Throws<InvalidValueException>(() => DriveSpec.Parse(text, "/w")).ErrorId
        );

    [Fact]
    public void Hostile_text_is_a_drive_that_reads_back_or_a_typed_error() =>
        Gen.String[Gen.Char["raw:nvme/q2.\0 "], 0, 16]
            .Sample(text =>
            {
                try
                {
                    var drive = DriveSpec.Parse(text, "/w");
                    return DriveSpec.Parse(drive.ToString(), "/elsewhere") == drive;
                }
                catch (InvalidValueException)
                {
                    return true;
                }
            });
}
