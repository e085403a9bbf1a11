using CsCheck;
using VmSpawn.Engine.Configuration;
using Xunit;

namespace VmSpawn.Engine.Tests.Configuration;

public sealed class VersionOrderTests
{
    private static readonly Gen<string> Versions = Gen.String[Gen.Char["0019ab~^-._"], 0, 8];

    private static int Compare(string a, string b) => VersionOrder.Instance.Compare(a, b);

    // Most are examples of the version format specification (UAPI.10).
    [Theory]
    [InlineData("123", "~")]
    [InlineData("11", "11", 0)]
    [InlineData("systemd-123", "systemd-123", 0)]
    [InlineData("bar-123", "foo-123", -1)]
    [InlineData("123a", "123", 1)]
    [InlineData("123.a", "123", 1)]
    [InlineData("123.a", "123.b", -1)]
    [InlineData("123a", "123.a", 1)]
    [InlineData("11α", "11β", 0)]
    [InlineData("B", "a", -1)]
    [InlineData("", "0", -1)]
    [InlineData("0.", "0", 1)]
    [InlineData("0.0", "0", 1)]
    [InlineData("0", "~", 1)]
    [InlineData("", "~", 1)]
    [InlineData("1_", "1", 0)]
    [InlineData("_1", "1", 0)]
    [InlineData("1_", "1.2", -1)]
    [InlineData("1_2_3", "1.3.3", 1)]
    [InlineData("1+", "1", 0)]
    [InlineData("0001", "1", 0)]
    [InlineData("99999999999999999999999999", "100000000000000000000000000", -1)]
    public void Versions_are_compared_part_by_part(string a, string b, int expected = 1)
    {
        Assert.Equal(expected, Compare(a, b));
        Assert.Equal(-expected, Compare(b, a));
    }

    [Fact]
    public void Versions_of_all_shapes_are_in_the_order_that_boot_loaders_use()
    {
        string[] expected =
        [
            "122.1",
            "123~rc1-1",
            "123",
            "123-a",
            "123-a.1",
            "123-1",
            "123-1.1",
            "123^post1",
            "123.a-1",
            "123.1-1",
            "123a-1",
            "124-1",
        ];

        Assert.Equal(expected, Enumerable.Reverse(expected).Order(VersionOrder.Instance));
    }

    [Fact]
    public void A_missing_text_is_the_oldest()
    {
        Assert.Equal(0, VersionOrder.Instance.Compare(null, ""));
        Assert.Equal(-1, VersionOrder.Instance.Compare(null, "1"));
    }

    [Fact]
    public void It_is_an_order()
    {
        Gen.Select(Versions, Versions).Sample((a, b) => Compare(a, b) == -Compare(b, a));
        Gen.Select(Versions, Versions, Versions)
            .Sample((a, b, c) => !(Compare(a, b) <= 0 && Compare(b, c) <= 0) || Compare(a, c) <= 0, iter: 100_000);
    }
}
