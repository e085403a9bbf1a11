using CsCheck;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using Xunit;

namespace VmSpawn.Engine.Tests.Configuration;

public sealed class IdMappingTests
{
    [Theory]
    [InlineData("0:65536", 0, 65536)]
    [InlineData("100000", 100000, 65536)]
    [InlineData("10:65526", 10, 65526)]
    [InlineData("100: 5", 100, 5)]
    [InlineData("100:+5", 100, 5)]
    [InlineData("1:0x10", 1, 16)]
    [InlineData("4294901760:65535", 4294901760, 65535)]
    public void A_base_and_a_count_are_read(string text, uint first, uint count) =>
        Assert.Equal(new IdMapping(first, count), IdMapping.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("1:")]
    [InlineData(":5")]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("+5:3")]
    [InlineData("01000")]
    [InlineData("0x10")]
    [InlineData("65535")]
    [InlineData("4294967295")]
    [InlineData("4294967290:10")]
    [InlineData("4294901760")]
    [InlineData("1:4294967295")]
    [InlineData("1:0")]
    [InlineData("100000:65536:1")]
    [InlineData("no")]
    [InlineData("pick")]
    [InlineData("managed")]
    public void What_maps_nothing_is_an_error(string text) =>
        Assert.Equal("InvalidPrivateUsers", Assert.Throws<InvalidValueException>(() => IdMapping.Parse(text)).ErrorId);

    [Fact]
    public void Hostile_text_is_a_mapping_within_bounds_or_a_typed_error() =>
        Gen.String[Gen.Char["0123456789:x+- "], 0, 14]
            .Sample(text =>
            {
                try
                {
                    var map = IdMapping.Parse(text);
                    return map.Count > 0 && (ulong)map.Base + map.Count <= uint.MaxValue;
                }
                catch (InvalidValueException)
                {
                    return true;
                }
            });
}
