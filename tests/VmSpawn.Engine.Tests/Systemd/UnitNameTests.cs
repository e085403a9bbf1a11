using CsCheck;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Systemd;
using Xunit;

namespace VmSpawn.Engine.Tests.Systemd;

public sealed class UnitNameTests
{
    [Theory]
    // As systemd-escape(1) prints them.
    [InlineData("web", "web")]
    [InlineData("web-1", @"web\x2d1")]
    [InlineData("web.example", "web.example")]
    [InlineData(".hidden", @"\x2ehidden")]
    [InlineData("a/b", "a-b")]
    [InlineData("a b", @"a\x20b")]
    [InlineData("ä", @"\xc3\xa4")]
    public void Names_are_escaped_as_systemd_does(string text, string expected) =>
        Assert.Equal(expected, UnitName.Escape(text));

    [Fact]
    public void Every_escaped_text_can_stand_in_a_name() =>
        Gen.String[1, 20].Sample(text => Assert.True(UnitName.IsValid($"x{UnitName.Escape(text)}.scope")));

    [Theory]
    [InlineData("machine", "machine.slice")]
    [InlineData("machine.slice", "machine.slice")]
    [InlineData("machine-test", "machine-test.slice")]
    [InlineData("-.slice", "-.slice")]
    public void Slices_have_their_suffix_or_get_it(string text, string expected) =>
        Assert.Equal(expected, SliceName.Parse(text).Value);

    [Theory]
    [InlineData("")]
    [InlineData("-machine")]
    [InlineData("machine-")]
    [InlineData("a--b")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a@b")]
    [InlineData(".slice")]
    [InlineData("machine.slice\n")]
    public void Other_texts_are_no_slices(string text)
    {
        var error = Assert.Throws<InvalidValueException>(() => SliceName.Parse(text));

        Assert.Equal("InvalidSlice", error.ErrorId);
        Assert.Contains($"'{text}'", error.Message);
    }
}
