using CsCheck;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using Xunit;

namespace VmSpawn.Engine.Tests.Configuration;

public sealed class IdRangeTests
{
    [Theory]
    [InlineData("0:1000", 0, 1000, 1)]
    [InlineData("0:100000:65536", 0, 100000, 65536)]
    [InlineData("4294967294:0:1", 4294967294, 0, 1)]
    public void A_range_is_read(string text, uint guest, uint host, uint count) =>
        Assert.Equal(new IdRange(guest, host, count), IdRange.Parse(text, "UidMap"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1:2:3:4")]
    [InlineData("-1:2")]
    [InlineData("0x1:2")]
    [InlineData("1: 2")]
    [InlineData("0:0:0")]
    [InlineData("0:4294967295")]
    [InlineData("4294967000:0:296")]
    public void Other_text_is_refused(string? text) =>
        Assert.Equal(
            "InvalidUidMap",
            Assert.Throws<InvalidValueException>(() => IdRange.Parse(text, "UidMap")).ErrorId
        );

    [Fact]
    public void Any_text_gives_a_range_that_gives_itself_again_or_is_refused() =>
        Gen.String[Gen.Char["0123456789:- x"], 0, 16]
            .Sample(text =>
            {
                try
                {
                    var range = IdRange.Parse(text, "UidMap");
                    Assert.Equal(range, IdRange.Parse(range.ToString(), "UidMap"));
                }
                catch (InvalidValueException) { }
            });
}
