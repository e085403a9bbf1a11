using CsCheck;
using VmSpawn.Engine.Configuration;
using Xunit;

namespace VmSpawn.Engine.Tests.Configuration;

public sealed class GlobTests
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("*", "", true)]
    [InlineData("*", "anything", true)]
    [InlineData("a*c", "abbbc", true)]
    [InlineData("a*c", "abbb", false)]
    [InlineData("a*b*c", "axbxbxc", true)]
    [InlineData("?.conf", "a.conf", true)]
    [InlineData("?.conf", ".conf", false)]
    [InlineData("[ac].conf", "a.conf", true)]
    [InlineData("[ac].conf", "b.conf", false)]
    [InlineData("[a-c]", "b", true)]
    [InlineData("[!a-c]", "b", false)]
    [InlineData("[!a-c]", "d", true)]
    [InlineData("[]]", "]", true)]
    [InlineData("[", "[", true)]
    [InlineData("[a", "[a", true)]
    [InlineData("[a-]", "-", true)]
    [InlineData("\\*", "*", true)]
    [InlineData("\\*", "a", false)]
    [InlineData("a", "A", false)]
    public void Patterns_match_as_in_the_shell(string pattern, string text, bool expected) =>
        Assert.Equal(expected, Glob.Matches(pattern, text));

    [Fact]
    public void Case_is_passed_over_where_asked() => Assert.True(Glob.Matches("A*.CONF", "abc.conf", ignoreCase: true));

    [Fact]
    public void A_text_without_special_characters_matches_itself_alone() =>
        Gen.String[Gen.Char["abc."], 0, 20]
            .Select(Gen.String[Gen.Char["abc."], 0, 20])
            .Sample((a, b) => Glob.Matches(a, b) == (a == b));

    [Fact]
    public void Stars_around_a_text_find_it_anywhere() =>
        Gen.String[Gen.Char["ab."], 0, 20]
            .Select(Gen.String[Gen.Char["ab."], 0, 3])
            .Sample((text, part) => Glob.Matches($"*{part}*", text) == text.Contains(part, StringComparison.Ordinal));

    [Fact]
    public void Many_stars_do_not_take_exponential_time() =>
        Assert.False(Glob.Matches(string.Concat(Enumerable.Repeat("a*", 500)) + "b", new string('a', 20_000)));
}
