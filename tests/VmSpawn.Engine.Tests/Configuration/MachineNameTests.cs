using CsCheck;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using Xunit;

namespace VmSpawn.Engine.Tests.Configuration;

public sealed class MachineNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("foo.bar")]
    [InlineData("foo-bar")]
    [InlineData("a--b")]
    [InlineData("Foo-1")]
    [InlineData("localhost")]
    public void Host_names_are_machine_names(string text) => Assert.Equal(text, MachineName.Parse(text).Value);

    [Theory]
    [InlineData("")]
    [InlineData("foo_bar")]
    [InlineData("foo-")]
    [InlineData("-foo")]
    [InlineData("foo..bar")]
    [InlineData(".host")]
    [InlineData("foo.")]
    [InlineData("a b")]
    [InlineData("foo@bar")]
    [InlineData("..")]
    [InlineData("a.-b")]
    [InlineData("a-.b")]
    [InlineData("é")]
    [InlineData("a/b")]
    public void Anything_else_is_an_error_with_the_name(string text)
    {
        var error = Assert.Throws<InvalidValueException>(() => MachineName.Parse(text));
        Assert.Equal("InvalidMachine", error.ErrorId);
        Assert.Equal(text, error.Target);
    }

    [Fact]
    public void A_name_has_64_bytes_at_most()
    {
        Assert.True(MachineName.TryParse(new string('x', 64), out _));
        Assert.False(MachineName.TryParse(new string('x', 65), out _));
    }

    // The spec, section 1.3.
    [Theory]
    [InlineData("/img,a.raw", "imga")]
    [InlineData("/w/my_vm.raw", "myvm")]
    [InlineData("/w/disk.qcow2", "disk.qcow2")]
    [InlineData("/w/a..b.raw", "a.b")]
    [InlineData("/w/-x-.raw", "x")]
    [InlineData("/w/x.RAW", "x.RAW")]
    [InlineData("/w/..dots.raw", "dots")]
    [InlineData("/w/weird name!.raw", "weirdname")]
    [InlineData("/dev/sda", "sda")]
    public void An_image_has_a_name_by_itself(string path, string name) =>
        Assert.Equal(name, MachineName.FromImage(path).Value);

    [Fact]
    public void A_long_image_name_is_cut() =>
        Assert.Equal(new string('a', 64), MachineName.FromImage($"/{new string('a', 70)}.raw").Value);

    [Theory]
    [InlineData("/w/é.raw")]
    [InlineData("/w/.raw")]
    [InlineData("/w/___.raw")]
    public void An_image_whose_name_holds_nothing_valid_needs_a_name(string path)
    {
        var error = Assert.Throws<InvalidValueException>(() => MachineName.FromImage(path));
        Assert.Contains("-Machine", error.Hint);
    }

    [Fact]
    public void The_root_directory_is_named_after_the_host()
    {
        Assert.Equal("myhost", MachineName.FromDirectory("/", "myhost").Value);
        Assert.Equal("debian", MachineName.FromDirectory("/trees/debian/", "myhost").Value);
    }

    [Fact]
    public void Hostile_text_is_a_name_by_the_rules_or_a_typed_error() =>
        Gen.OneOf(Gen.String[Gen.Char["ab0-._ é/\0\n"], 0, 70], Gen.String)
            .Sample(text =>
            {
                try
                {
                    return MachineName.Parse(text).Value == text
                        && text.Length is > 0 and <= 64
                        && text.Split('.')
                            .All(label =>
                                label.Length > 0
                                && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
                                && !label.StartsWith('-')
                                && !label.EndsWith('-')
                            );
                }
                catch (InvalidValueException e)
                {
                    return (string?)e.Target == text;
                }
            });

    [Fact]
    public void A_derived_name_is_always_a_valid_name() =>
        Gen.String[Gen.Char["ab-._ é!/\0\n"], 0, 80]
            .Sample(text =>
            {
                try
                {
                    return MachineName.TryParse(MachineName.FromImage("/x/" + text).Value, out _);
                }
                catch (InvalidValueException)
                {
                    return true;
                }
            });
}
