using CsCheck;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using Xunit;

namespace VmSpawn.Engine.Tests.Configuration;

public sealed class VsockCidTests
{
    [Theory]
    [InlineData("3", 3)]
    [InlineData("42", 42)]
    [InlineData("0x10", 16)]
    [InlineData("0X1f", 31)]
    [InlineData("0b11", 3)]
    [InlineData("0o17", 15)]
    [InlineData("017", 15)]
    [InlineData(" 0x20", 32)]
    [InlineData("+0x5", 5)]
    [InlineData("4294967294", 4294967294)]
    public void Numbers_of_any_base_are_read(string text, uint expected) =>
        Assert.Equal(expected, VsockCid.Parse(text).Value);

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("2")]
    [InlineData("4294967295")]
    [InlineData("4294967296")]
    [InlineData("-1")]
    [InlineData("08")]
    [InlineData("0x")]
    [InlineData("0b2")]
    [InlineData("1e3")]
    [InlineData("3.0")]
    [InlineData("3 ")]
    [InlineData("Host")]
    [InlineData("host")]
    [InlineData("any")]
    [InlineData("hypervisor")]
    [InlineData("local")]
    public void What_no_guest_can_have_is_an_error_with_the_value(string text)
    {
        var error = Assert.Throws<InvalidValueException>(() => VsockCid.Parse(text));
        Assert.Equal("InvalidVsockCid", error.ErrorId);
        Assert.Equal(text, error.Target);
    }

    [Fact]
    public void Every_regular_number_is_read_back() =>
        Gen.UInt[VsockCid.Minimum, VsockCid.Maximum]
            .Sample(number => VsockCid.Parse(VsockCid.FromNumber(number).ToString()).Value == number);

    [Fact]
    public void Hostile_text_is_a_number_or_a_typed_error() =>
        Gen.String[Gen.Char["0123456789abxoXBO +-\t"], 0, 12]
            .Sample(text =>
            {
                try
                {
                    return VsockCid.Parse(text).Value is >= VsockCid.Minimum and <= VsockCid.Maximum;
                }
                catch (InvalidValueException)
                {
                    return true;
                }
            });
}
