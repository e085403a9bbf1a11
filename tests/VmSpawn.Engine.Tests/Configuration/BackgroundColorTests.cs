using CsCheck;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using Xunit;

namespace VmSpawn.Engine.Tests.Configuration;

public class BackgroundColorTests
{
    [Theory]
    [InlineData("")]
    [InlineData("40")]
    [InlineData("47")]
    [InlineData("100")]
    [InlineData("107")]
    [InlineData("48;5;9")]
    [InlineData("48;2;1;2;255")]
    public void A_background_colour_is_taken_as_it_is(string text) =>
        Assert.Equal(text, BackgroundColor.Parse(text).Value);

    [Theory]
    [InlineData("39")]
    [InlineData("48")]
    [InlineData("108")]
    [InlineData("44;1")]
    [InlineData("48;5;256")]
    [InlineData("48;2;1;2")]
    [InlineData("48;5;-1")]
    [InlineData("44m\u001b[0")]
    [InlineData("red")]
    public void Anything_else_is_refused(string text) =>
        Assert.Equal(
            "InvalidBackground",
            Assert.Throws<InvalidValueException>(() => BackgroundColor.Parse(text)).ErrorId
        );

    [Fact]
    public void Any_text_is_refused_or_consists_of_digits_and_semicolons() =>
        Gen.String[Gen.Char["0123458;m \u001b"], 0, 12]
            .Sample(text =>
            {
                try
                {
                    return BackgroundColor.Parse(text).Value.All(c => char.IsAsciiDigit(c) || c == ';');
                }
                catch (InvalidValueException)
                {
                    return true;
                }
            });
}
