using CsCheck;
using VmSpawn.Engine.Boot;
using Xunit;

namespace VmSpawn.Engine.Tests.Boot;

public sealed class BootEntryNameTests
{
    [Theory]
    [InlineData("os.conf", "os.conf", null, null)]
    [InlineData("os+3.conf", "os.conf", 3, 0)]
    [InlineData("os+3-1.efi", "os.efi", 3, 1)]
    [InlineData("os+0-3.conf", "os.conf", 0, 3)]
    [InlineData("os+a.conf", "os+a.conf", null, null)]
    [InlineData("os+.conf", "os+.conf", null, null)]
    [InlineData("os+1-.conf", "os+1-.conf", null, null)]
    [InlineData("os+1-2-3.conf", "os+1-2-3.conf", null, null)]
    [InlineData("a+1+2.conf", "a+1.conf", 2, 0)]
    [InlineData("os+99999999999.conf", "os+99999999999.conf", null, null)]
    [InlineData("6.1+3.conf", "6.1.conf", 3, 0)]
    [InlineData("os.conf+3", "os.conf+3", null, null)]
    public void Boot_counters_are_taken_out_of_the_name(string name, string id, int? left, int? done) =>
        Assert.Equal(new BootEntryName(id, left, done), BootEntryName.Parse(name));

    [Fact]
    public void Any_name_has_an_id() =>
        Gen.String[Gen.Char["a+-.0123456789"], 1, 12]
            .Sample(name => BootEntryName.Parse(name).Id.Length is > 0 and <= 12);

    [Theory]
    [InlineData("Az09+-_.", true)]
    [InlineData("a b", false)]
    [InlineData("ä", false)]
    [InlineData("a/b", false)]
    [InlineData("", false)]
    public void Names_have_a_restricted_set_of_characters(string name, bool valid) =>
        Assert.Equal(valid, BootEntryName.IsValid(name));

    [Fact]
    public void Names_have_at_most_255_characters()
    {
        Assert.True(BootEntryName.IsValid(new string('a', 255)));
        Assert.False(BootEntryName.IsValid(new string('a', 256)));
    }
}
