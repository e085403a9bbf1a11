using CsCheck;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using Xunit;

namespace VmSpawn.Engine.Tests.Configuration;

public class VolumeSpecTests
{
    [Theory]
    [InlineData("p:v", "p:v:virtio-blk")]
    [InlineData("p:v:nvme", "p:v:nvme")]
    [InlineData("p:v:ro=yes,size=1G", "p:v:virtio-blk:read-only=yes,size=1G")]
    [InlineData("p:v:scsi-cd:create=new,template=t", "p:v:scsi-cd:create=new,template=t")]
    [InlineData("p:v::request-as=blk", "p:v:virtio-blk:request-as=blk")]
    public void A_volume_has_a_provider_a_name_a_device_and_settings(string text, string normal) =>
        Assert.Equal(normal, VolumeSpec.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("p")]
    [InlineData("p:")]
    [InlineData(":v")]
    [InlineData("p:v:floppy")]
    [InlineData("p:v:nvme:size=0")]
    [InlineData("p:v:nvme:read-only=maybe")]
    [InlineData("p:v:nvme:create=old")]
    [InlineData("p:v:nvme:ro=yes,read-only=no")]
    [InlineData("p:v:nvme:colour=red")]
    [InlineData("p:v:nvme:template=")]
    public void Anything_else_is_refused(string text) =>
        Assert.Equal("InvalidBindVolume", Assert.Throws<InvalidValueException>(() => VolumeSpec.Parse(text)).ErrorId);

    [Fact]
    public void What_is_accepted_prints_to_what_is_accepted() =>
        Gen.String[Gen.Char["pv:=,ro0nvme"], 0, 16]
            .Sample(text =>
            {
                VolumeSpec volume;
                try
                {
                    volume = VolumeSpec.Parse(text);
                }
                catch (InvalidValueException)
                {
                    return true;
                }

                return VolumeSpec.Parse(volume.ToString()).ToString() == volume.ToString();
            });
}
