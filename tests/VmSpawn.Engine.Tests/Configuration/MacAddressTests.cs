using CsCheck;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using Xunit;

namespace VmSpawn.Engine.Tests.Configuration;

public sealed class MacAddressTests
{
    [Theory]
    [InlineData("52:54:00:12:34:56", "52:54:00:12:34:56")]
    [InlineData("52-54-00-12-34-56", "52:54:00:12:34:56")]
    [InlineData("5254.0012.3456", "52:54:00:12:34:56")]
    [InlineData("12:34:56:78:90:AB", "12:34:56:78:90:ab")]
    [InlineData("2:4:6:8:a:c", "02:04:06:08:0a:0c")]
    public void Three_forms_are_read(string text, string expected) =>
        Assert.Equal(expected, MacAddress.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("zz:54:00:12:34:56")]
    [InlineData("52:54:00:12:34:56:78")]
    [InlineData("525400123456")]
    [InlineData("52:54-00:12:34:56")]
    [InlineData(" 52:54:00:12:34:56")]
    [InlineData("52:54:00:12:34:")]
    [InlineData("152:54:00:12:34:56")]
    [InlineData("5254.0012")]
    public void Other_forms_are_an_error(string text) =>
        Assert.Equal("InvalidMac", Assert.Throws<InvalidValueException>(() => MacAddress.Parse(text)).ErrorId);

    [Fact]
    public void Every_address_is_read_back() =>
        Gen
            .Byte.Array[6]
            .Sample(bytes =>
            {
                var address = MacAddress.FromBytes(bytes);
                return MacAddress.Parse(address.ToString()) == address
                    && address.IsZero == Array.TrueForAll(bytes, b => b == 0);
            });

    [Fact]
    public void Hostile_text_is_an_address_that_reads_back_or_nothing() =>
        Gen.String[Gen.Char["0123456789abcdefABx:-."], 0, 20]
            .Sample(text =>
                !MacAddress.TryParse(text, out var address) || MacAddress.Parse(address.ToString()) == address
            );
}
