using CsCheck;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using Xunit;

namespace VmSpawn.Engine.Tests.Configuration;

public sealed class HostPathTests
{
    [Theory]
    [InlineData("/a//b/./c/", "/a/b/c")]
    [InlineData("/../a", "/a")]
    [InlineData("/a/../b", "/a/../b")]
    [InlineData("/", "/")]
    [InlineData("x.raw", "/home/dir/x.raw")]
    [InlineData("./x.raw", "/home/dir/x.raw")]
    [InlineData("../x.raw", "/home/dir/../x.raw")]
    [InlineData("~/x", "/home/dir/~/x")]
    public void A_path_becomes_absolute_and_simple(string text, string expected) =>
        Assert.Equal(expected, HostPath.Resolve(text, "/home/dir", "image").Value);

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void What_is_no_path_is_an_error(string text) =>
        Assert.Equal(
            "InvalidImage",
            Assert.Throws<InvalidValueException>(() => HostPath.Resolve(text, "/", "image")).ErrorId
        );

    [Theory]
    [InlineData("nv")]
    [InlineData("../w/nv")]
    [InlineData("")]
    public void A_path_beside_words_must_show_that_it_is_one(string text) =>
        Assert.Throws<InvalidValueException>(() => HostPath.ResolveMarked(text, "/w", "efi-nvram-state"));

    [Fact]
    public void A_marked_path_is_resolved() =>
        Assert.Equal("/w/nv", HostPath.ResolveMarked("./nv", "/w", "efi-nvram-state").Value);

    [Fact]
    public void Simplifying_twice_changes_nothing() =>
        Gen.String[Gen.Char["a./"], 1, 20]
            .Sample(text =>
            {
                var once = HostPath.Resolve(text, "/base", "image").Value;
                return HostPath.Parse(once, "image").Value == once && once[0] == '/' && !once.Contains("//");
            });
}
