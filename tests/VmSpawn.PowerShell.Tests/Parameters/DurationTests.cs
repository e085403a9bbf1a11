using System.Globalization;
using CsCheck;
using VmSpawn.Engine.Errors;
using VmSpawn.Parameters;

namespace VmSpawn.PowerShell.Tests.Parameters;

public sealed class DurationTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("90", 90_000)]
    [InlineData("1.5", 1_500)]
    [InlineData("90s", 90_000)]
    [InlineData("2m", 120_000)]
    [InlineData("2min", 120_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("500ms", 500)]
    [InlineData("1s500ms", 1_500)]
    [InlineData("1.5H", 5_400_000)]
    [InlineData("00:01:30", 90_000)]
    [InlineData("1.00:00:00", 86_400_000)]
    public void Usual_spellings_are_understood(string text, double milliseconds)
    {
        Assert.True(Duration.TryParse(text, out var value));
        Assert.Equal(milliseconds, value.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("s")]
    [InlineData("-1")]
    [InlineData("-00:00:01")]
    [InlineData("1m1h")]
    [InlineData("1s1s")]
    [InlineData("5 minutes")]
    [InlineData("50d")]
    [InlineData("1e3")]
    [InlineData("∞")]
    [InlineData("NaN")]
    [InlineData("1s\n")]
    public void Others_are_refused_with_the_value(string text)
    {
        var error = Assert.Throws<InvalidValueException>(() => Duration.ParseOptional(text, "timeout"));

        Assert.Equal("InvalidTimeout", error.ErrorId);
        Assert.Equal(text, error.Target);
    }

    [Fact]
    public void Nothing_given_is_no_limit() => Assert.Null(Duration.ParseOptional(null, "timeout"));

    [Fact]
    public void Every_time_span_reads_back_from_its_text() =>
        Gen.Long[0, uint.MaxValue - 1L]
            .Sample(milliseconds =>
            {
                var span = TimeSpan.FromMilliseconds(milliseconds);
                return Duration.TryParse(span.ToString("c", CultureInfo.InvariantCulture), out var value)
                    && value == span;
            });

    [Fact]
    public void Any_text_gives_a_waitable_time_or_is_refused() =>
        Gen.OneOf(Gen.String, Gen.String["0123456789.:dhms-"])
            .Sample(text =>
                !Duration.TryParse(text, out var value)
                || (value >= TimeSpan.Zero && value.TotalMilliseconds < uint.MaxValue)
            );
}
