using CsCheck;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using Xunit;

namespace VmSpawn.Engine.Tests.Configuration;

public sealed class OptionValueTests
{
    [Theory]
    [InlineData("", "off")]
    [InlineData("off", "off")]
    [InlineData("no", "off")]
    [InlineData("auto", "auto")]
    [InlineData("yes", "auto")]
    [InlineData("./nv", "/w/nv")]
    [InlineData("/var/nv", "/var/nv")]
    public void State_is_kept_nowhere_beside_the_image_or_at_a_path(string text, string expected) =>
        Assert.Equal(expected, StateLocation.Parse(text, "/w", "tpm-state").ToString());

    [Theory]
    [InlineData("nv")]
    [InlineData("../w/nv")]
    [InlineData("AUTO")]
    public void State_at_an_unmarked_path_is_an_error(string text) =>
        Assert.Equal(
            "InvalidTpmState",
            Assert.Throws<InvalidValueException>(() => StateLocation.Parse(text, "/w", "tpm-state")).ErrorId
        );

    [Fact]
    public void Firmware_features_add_up_and_an_empty_text_takes_all_out()
    {
        var filter = FirmwareFeatureFilter.Default.With("secure-boot,~amd-sev").With("requires-smm");
        Assert.Equal(["secure-boot", "requires-smm"], filter.Include);
        Assert.Equal(["enrolled-keys", "amd-sev"], filter.Exclude);
        Assert.Empty(filter.With("").Exclude);
    }

    [Theory]
    [InlineData("~")]
    [InlineData("a,,b")]
    [InlineData("a b")]
    public void What_is_no_feature_is_an_error(string text) =>
        Assert.Equal(
            "InvalidFirmwareFeatures",
            Assert.Throws<InvalidValueException>(() => FirmwareFeatureFilter.Default.With(text)).ErrorId
        );

    [Theory]
    [InlineData("", "ed25519")]
    [InlineData("rsa", "rsa")]
    [InlineData("a b", "a b")]
    public void An_ssh_key_type_is_left_to_ssh_keygen(string text, string expected) =>
        Assert.Equal(expected, SshKeyType.Parse(text));

    [Theory]
    [InlineData("a\"b")]
    [InlineData("a'b")]
    [InlineData("a\\b")]
    [InlineData("x\ny")]
    public void An_ssh_key_type_cannot_be_quoted(string text) =>
        Assert.Equal("InvalidSshKeyType", Assert.Throws<InvalidValueException>(() => SshKeyType.Parse(text)).ErrorId);

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void An_smbios_string_is_text_without_nul(string text) =>
        Assert.Equal("InvalidSmbios11", Assert.Throws<InvalidValueException>(() => Smbios11Text.Parse(text)).ErrorId);

    [Fact]
    public void An_smbios_string_with_half_a_character_is_not_clean() =>
        Assert.Throws<InvalidValueException>(() => Smbios11Text.Parse("\ufffd" + (char)0xd800));

    [Theory]
    [InlineData("a\nb")]
    [InlineData("replacement \ufffd itself")]
    [InlineData("😀,=")]
    public void An_smbios_string_may_hold_anything_else(string text) => Assert.Equal(text, Smbios11Text.Parse(text));

    [Fact]
    public void Hostile_values_never_give_anything_but_a_typed_error() =>
        Gen.String.Sample(text =>
        {
            Action[] parsers =
            [
                () => StateLocation.Parse(text, "/w", "tpm-state"),
                () => FirmwareFeatureFilter.Default.With(text),
                () => SshKeyType.Parse(text),
                () => Smbios11Text.Parse(text),
                () => HostPath.Resolve(text, "/w", "image"),
            ];
            foreach (var parse in parsers)
            {
                try
                {
                    parse();
                }
                catch (InvalidValueException) { }
            }
        });
}
