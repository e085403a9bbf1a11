using CsCheck;
using VmSpawn.Engine.Display;
using VmSpawn.Engine.Errors;
using Xunit;

namespace VmSpawn.Engine.Tests.Display;

public sealed class ScreenKeyTests
{
    [Theory]
    [InlineData("ctrl-alt-f2", "ctrl alt f2")]
    [InlineData("Ctrl+Alt+Del", "ctrl alt delete")]
    [InlineData("enter", "ret")]
    [InlineData("A", "a")]
    [InlineData("super", "meta_l")]
    public void Keys_have_QEMUs_names_and_usual_ones(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', ScreenKey.Parse(text)));

    [Theory]
    [InlineData("")]
    [InlineData("ctrl-")]
    [InlineData("f13")]
    [InlineData("hyper-x")]
    public void Another_word_is_no_key(string text) =>
        Assert.Equal("InvalidScreenKey", Assert.Throws<InvalidValueException>(() => ScreenKey.Parse(text)).ErrorId);

    [Fact]
    public void A_text_is_typed_key_by_key() =>
        Assert.Equal(
            ["shift h", "i", "shift 1", "spc", "a", "minus", "shift minus", "ret"],
            ScreenKey.ParseText("Hi! a-_\r\n").Select(press => string.Join(' ', press))
        );

    [Fact]
    public void All_of_printable_ASCII_can_be_typed() =>
        Gen.String[Gen.Char[' ', '~'], 0, 40].Sample(text => ScreenKey.ParseText(text).Count() == text.Length);

    [Fact]
    public void What_that_keyboard_has_not_is_refused() =>
        Assert.Equal("InvalidScreenText", Assert.Throws<InvalidValueException>(() => ScreenKey.ParseText("ü")).ErrorId);
}
