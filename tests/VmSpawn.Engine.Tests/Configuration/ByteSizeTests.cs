using CsCheck;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using Xunit;

namespace VmSpawn.Engine.Tests.Configuration;

public sealed class ByteSizeTests
{
    // The spec, section 14.
    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    [InlineData("1K", 1)]
    [InlineData("1048577", 2)]
    [InlineData("1.5G", 1536)]
    [InlineData("1G512M", 1536)]
    [InlineData("1G 512M", 1536)]
    [InlineData("1.G", 1024)]
    [InlineData(" 4G", 4096)]
    [InlineData("4T", 4194304)]
    [InlineData("2 G", 2048)]
    [InlineData("+5G", 5120)]
    [InlineData("1.23456G", 1265)]
    [InlineData("3.7M", 4)]
    [InlineData("1M1K1B", 2)]
    [InlineData("1G1K1", 1025)]
    [InlineData("1.999999G", 2048)]
    [InlineData("18446744073709551615", 17592186044416)]
    public void The_manuals_grammar_is_read(string text, ulong mebibytes) =>
        Assert.Equal(mebibytes, ByteSize.Parse(text, "ram").MebibytesRoundedUp);

    [Theory]
    [InlineData("")]
    [InlineData("18446744073709551616")]
    [InlineData("16E")]
    [InlineData("-1")]
    [InlineData("-0")]
    [InlineData("2GB")]
    [InlineData("2Gi")]
    [InlineData("2g")]
    [InlineData("512M1G")]
    [InlineData("1G1G")]
    [InlineData("4G ")]
    [InlineData(".5G")]
    [InlineData("abc")]
    [InlineData("1e3M")]
    [InlineData("0x10")]
    [InlineData("1..5G")]
    [InlineData("1.5.5G")]
    [InlineData("1G-1M")]
    [InlineData("1 1")]
    public void What_the_manual_does_not_know_is_an_error_with_the_value(string text)
    {
        var error = Assert.Throws<InvalidValueException>(() => ByteSize.Parse(text, "grow-image"));
        Assert.Equal("InvalidGrowImage", error.ErrorId);
        Assert.Equal(text, error.Target);
        Assert.Contains($"grow-image '{text}'", error.Message);
    }

    [Theory]
    [InlineData("2GB", 2048)]
    [InlineData("512mb", 512)]
    [InlineData("1.5Gb", 1536)]
    [InlineData("1TB", 1048576)]
    public void PowerShells_multipliers_are_read_where_allowed(string text, ulong mebibytes) =>
        Assert.Equal(mebibytes, ByteSize.Parse(text, "ram", allowPowerShell: true).MebibytesRoundedUp);

    [Theory]
    [InlineData("2GiB")]
    [InlineData("GB")]
    [InlineData("-2GB")]
    [InlineData("2 GB")]
    [InlineData("20000000PB")]
    public void Even_PowerShells_form_has_limits(string text) =>
        Assert.Throws<InvalidValueException>(() => ByteSize.Parse(text, "ram", allowPowerShell: true));

    [Fact]
    public void Every_size_is_read_back_from_its_text() =>
        Gen.ULong.Sample(bytes => ByteSize.Parse(new ByteSize(bytes).ToString(), "ram").Bytes == bytes);

    [Fact]
    public void Hostile_text_is_a_size_or_a_typed_error() =>
        Gen.String[Gen.Char["0123456789.+- \tEPTGMKBgmk\0é"], 0, 40]
            .Sample(text =>
            {
                var read = ByteSize.TryParse(text, out _);
                try
                {
                    ByteSize.Parse(text, "ram");
                    return read;
                }
                catch (InvalidValueException)
                {
                    return !read;
                }
            });
}
