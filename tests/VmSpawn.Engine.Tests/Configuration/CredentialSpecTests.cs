using CsCheck;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using Xunit;

namespace VmSpawn.Engine.Tests.Configuration;

public sealed class CredentialSpecTests
{
    // The spec, section 14.
    [Theory]
    [InlineData("foo:", "")]
    [InlineData(@"foo:a\nb\x00c", "610A620063")]
    [InlineData(@"foo:\u00e9\101\s", "C3A94120")]
    [InlineData(@"foo:\U0001F600", "F09F9880")]
    [InlineData(@"foo:\377\xff", "FFFF")]
    [InlineData(@"foo:\u0000", "00")]
    [InlineData(@"foo:\a\b\f\n\r\t\v\\\""\'", "07080C0A0D090B5C2227")]
    [InlineData("foo:a:b:c", "613A623A63")]
    [InlineData("foo:é", "C3A9")]
    [InlineData(@"f\oo:x", "78")]
    public void A_value_is_decoded_to_its_bytes(string text, string expected)
    {
        var credential = CredentialSpec.ParseSet(text);
        Assert.Equal("foo", credential.Id.Value);
        Assert.Equal(expected, Convert.ToHexString(credential.Content!.Value.AsSpan()));
    }

    [Theory]
    [InlineData(@"foo:\x4")]
    [InlineData(@"foo:\400")]
    [InlineData(@"foo:\08")]
    [InlineData(@"foo:\u00")]
    [InlineData(@"foo:\ud800")]
    [InlineData(@"foo:\U00110000")]
    [InlineData(@"foo:\e")]
    [InlineData(@"foo:\;")]
    [InlineData(@"foo:a\")]
    public void A_bad_escape_is_an_error_that_does_not_show_the_value(string text)
    {
        var error = Assert.Throws<InvalidValueException>(() => CredentialSpec.ParseSet(text));
        Assert.Equal("InvalidSetCredential", error.ErrorId);
        Assert.Equal("foo", error.Target);
        Assert.DoesNotContain(text, error.Message);
    }

    [Fact]
    public void Half_of_a_character_is_an_error_and_not_another_character() =>
        // An attribute could not hold them.
        Assert.All(
            (char[][])
                [
                    ['\ud83d'],
                    ['a', '\udc00', 'b'],
                    ['\udc00', '\ud83d'],
                ],
            half => Assert.Throws<InvalidValueException>(() => CredentialSpec.ParseSet("foo:" + new string(half)))
        );

    [Fact]
    public void A_value_whose_name_was_forgotten_is_not_shown()
    {
        var error = Assert.Throws<InvalidValueException>(() => CredentialSpec.ParseSet("hunter2"));

        Assert.DoesNotContain("hunter2", $"{error.Message} {error.Target} {error.Hint}");
    }

    [Fact]
    public void Any_bytes_come_back_from_their_escapes() =>
        Gen.Byte.Array.Sample(bytes =>
        {
            var text = "id:" + string.Concat(bytes.Select(value => $"\\x{value:x2}"));
            Assert.Equal(bytes, CredentialSpec.ParseSet(text).Content!.Value.ToArray());
        });

    [Theory]
    [InlineData("")]
    [InlineData("foo")]
    [InlineData(":x")]
    [InlineData("a/b:x")]
    [InlineData(".:x")]
    [InlineData("..:x")]
    [InlineData("ü:x")]
    [InlineData("a\tb:x")]
    [InlineData(@"a\:b:x")]
    public void A_bad_name_is_an_error(string text)
    {
        Assert.Equal(
            "InvalidSetCredential",
            Assert.Throws<InvalidValueException>(() => CredentialSpec.ParseSet(text)).ErrorId
        );
        Assert.Equal(
            "InvalidLoadCredential",
            Assert.Throws<InvalidValueException>(() => CredentialSpec.ParseLoad(text, "/w")).ErrorId
        );
    }

    [Fact]
    public void A_name_has_255_bytes_at_most()
    {
        Assert.True(CredentialId.TryParse(new string('x', 255), out _));
        Assert.False(CredentialId.TryParse(new string('x', 256), out _));
    }

    [Theory]
    [InlineData("foo:/etc/x", "/etc/x")]
    [InlineData("foo:./x", "/w/x")]
    [InlineData("foo:dir/x", "/w/dir/x")]
    [InlineData("foo:x", "x")]
    public void A_source_is_a_path_or_a_credential_of_this_process(string text, string source) =>
        Assert.Equal(source, CredentialSpec.ParseLoad(text, "/w").Source);

    [Fact]
    public void A_source_must_be_something() =>
        Assert.Throws<InvalidValueException>(() => CredentialSpec.ParseLoad("foo:", "/w"));

    [Fact]
    public void Hostile_text_is_a_credential_or_a_typed_error() =>
        Gen.String[Gen.Char["ab:\\xuU0178nN/.\0é\ud83d\ude00"], 0, 20]
            .Sample(text =>
            {
                foreach (
                    var parse in (Action[])
                        [() => CredentialSpec.ParseSet(text), () => CredentialSpec.ParseLoad(text, "/w")]
                )
                {
                    try
                    {
                        parse();
                    }
                    catch (InvalidValueException) { }
                }
            });
}
