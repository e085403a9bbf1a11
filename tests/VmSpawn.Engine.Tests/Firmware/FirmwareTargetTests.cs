using VmSpawn.Engine.Firmware;
using Xunit;

namespace VmSpawn.Engine.Tests.Firmware;

public sealed class FirmwareTargetTests
{
    [Theory]
    [InlineData("pc-q35-*", "q35", true)]
    [InlineData("pc-q35-*", "pc-q35-7.2", true)]
    [InlineData("pc-q35-7.*", "q35", true)]
    [InlineData("pc-*", "q35", true)]
    [InlineData("*", "q35", true)]
    [InlineData("pc-i440fx-*", "q35", false)]
    [InlineData("pc-i440fx-*", "pc", true)]
    [InlineData("pc-q35-*", "pc", false)]
    [InlineData("virt-*", "virt", true)]
    [InlineData("s390-ccw-virtio-*", "virt", false)]
    [InlineData("microvm", "microvm", true)]
    [InlineData("microvm", "q35", false)]
    [InlineData("isapc", "isa", false)]
    public void Globs_of_versioned_machines_cover_their_alias(string glob, string machine, bool expected) =>
        Assert.Equal(expected, new FirmwareTarget("x86_64", [glob]).Covers("x86_64", machine));

    [Fact]
    public void Another_architecture_is_not_covered() =>
        Assert.False(new FirmwareTarget("aarch64", ["*"]).Covers("x86_64", "q35"));
}
