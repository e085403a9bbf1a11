using CsCheck;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using Xunit;

namespace VmSpawn.Engine.Tests.Configuration;

public sealed class MemorySizeTests
{
    [Theory]
    [InlineData("1G:4G:2", 1024, 4096, 2)]
    [InlineData("1G:4095M", 1024, 4095, 1)]
    [InlineData("1G:4G:", 1024, 4096, 1)]
    [InlineData("512M:1G:256", 512, 1024, 256)]
    public void Hot_plug_has_a_maximum_and_slots(string text, ulong initial, ulong maximum, int slots)
    {
        var memory = MemorySize.Parse(text);
        Assert.Equal(ByteSize.FromMebibytes(initial), memory.Initial);
        Assert.Equal(ByteSize.FromMebibytes(maximum), memory.Maximum);
        Assert.Equal(slots, memory.Slots);
    }

    [Theory]
    [InlineData("2G")]
    [InlineData("2G:")]
    public void Without_a_maximum_there_is_no_hot_plug(string text)
    {
        var memory = MemorySize.Parse(text);
        Assert.Null(memory.Maximum);
        Assert.Null(memory.Slots);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0.0001K")]
    [InlineData("0:1G")]
    [InlineData("4G:1G")]
    [InlineData("1G:abc")]
    [InlineData("1G:4G:abc")]
    [InlineData("1G:4G:0")]
    [InlineData("1G:4G:257")]
    [InlineData("1G:4G:2:1")]
    [InlineData("1G::2")]
    [InlineData("")]
    public void Contradictions_are_errors_with_the_whole_value(string text)
    {
        var error = Assert.Throws<InvalidValueException>(() => MemorySize.Parse(text));
        Assert.Equal("InvalidRam", error.ErrorId);
        Assert.Equal(text, error.Target);
    }

    [Fact]
    public void PowerShells_multiplier_is_read_in_every_place()
    {
        var memory = MemorySize.Parse("1GB:4GB", allowPowerShell: true);
        Assert.Equal("1G:4G:1", memory.ToString());
    }

    [Fact]
    public void Hostile_text_is_a_size_or_a_typed_error() =>
        Gen.String[Gen.Char["0123456789:GM-. "], 0, 20]
            .Sample(text =>
            {
                try
                {
                    return MemorySize.Parse(MemorySize.Parse(text).ToString()).Initial.Bytes > 0;
                }
                catch (InvalidValueException)
                {
                    return true;
                }
            });
}
