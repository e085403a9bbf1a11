using CsCheck;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using Xunit;

namespace VmSpawn.Engine.Tests.Configuration;

public sealed class BindMountTests
{
    // The spec, sections 9 and 14.
    [Theory]
    [InlineData("/m1", "/m1", "/m1")]
    [InlineData("/m1:/mnt", "/m1", "/mnt")]
    [InlineData("src:/mnt", "/w/src", "/mnt")]
    [InlineData("/m1:/mnt:/x", "/m1", "/mnt:/x")]
    [InlineData(@"/a\:b:/mnt", "/a:b", "/mnt")]
    [InlineData(@"/a\\b:/m", @"/a\b", "/m")]
    [InlineData(@"/a:/m\:x", "/a", @"/m\:x")]
    [InlineData("/m1:/with space", "/m1", "/with space")]
    [InlineData("/w//src/:/m", "/w//src/", "/m")]
    public void Source_and_target_are_told_apart(string text, string source, string target) =>
        Assert.Equal(new BindMount(source, target, IsReadOnly: true), BindMount.Parse(text, readOnly: true, "/w"));

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData(":/x")]
    [InlineData("/m1:")]
    [InlineData("/m1:rel")]
    [InlineData("rel")]
    [InlineData(@"/m1\")]
    [InlineData("/m1:/a\0b")]
    [InlineData("/m\0:/a")]
    public void What_names_no_two_paths_is_an_error_of_its_option(string text)
    {
        Assert.Equal(
            "InvalidBind",
            Assert.Throws<InvalidValueException>(() => BindMount.Parse(text, readOnly: false, "/w")).ErrorId
        );
        Assert.Equal(
            "InvalidBindRo",
            Assert.Throws<InvalidValueException>(() => BindMount.Parse(text, readOnly: true, "/w")).ErrorId
        );
    }

    [Fact]
    public void Hostile_text_gives_two_absolute_paths_or_a_typed_error() =>
        Gen.String[Gen.Char[@"/a:\ ."], 0, 16]
            .Sample(text =>
            {
                try
                {
                    var bind = BindMount.Parse(text, readOnly: false, "/w");
                    return bind.Source[0] == '/' && bind.Target[0] == '/';
                }
                catch (InvalidValueException)
                {
                    return true;
                }
            });
}
