using CsCheck;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using Xunit;

namespace VmSpawn.Engine.Tests.Configuration;

public sealed class WordTests
{
    [Theory]
    [InlineData("", Tristate.Auto)]
    [InlineData("auto", Tristate.Auto)]
    [InlineData("yes", Tristate.Yes)]
    [InlineData("TrUe", Tristate.Yes)]
    [InlineData("1", Tristate.Yes)]
    [InlineData("ON", Tristate.Yes)]
    [InlineData("t", Tristate.Yes)]
    [InlineData("F", Tristate.No)]
    [InlineData("off", Tristate.No)]
    [InlineData("0", Tristate.No)]
    public void Tristates_are_booleans_or_automatic(string text, Tristate expected) =>
        Assert.Equal(expected, TristateText.Parse(text, "kvm"));

    [Theory]
    [InlineData("maybe")]
    [InlineData(" yes")]
    [InlineData("10")]
    [InlineData("enable")]
    public void Other_words_are_an_error_of_the_option(string text)
    {
        var tristate = Assert.Throws<InvalidValueException>(() => TristateText.Parse(text, "secure-boot"));
        Assert.Equal("InvalidSecureBoot", tristate.ErrorId);
        var boolean = Assert.Throws<InvalidValueException>(() => BooleanText.Parse(text, "discard-disk"));
        Assert.Equal("InvalidDiscardDisk", boolean.ErrorId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("auto")]
    public void A_boolean_cannot_be_automatic(string text) =>
        Assert.Throws<InvalidValueException>(() => BooleanText.Parse(text, "discard-disk"));

    [Fact]
    public void Every_console_mode_disk_type_and_format_is_read_back_from_its_word()
    {
        Assert.All(
            Enum.GetValues<ConsoleMode>(),
            mode => Assert.Equal(mode, ConsoleModeText.Parse(ConsoleModeText.Format(mode)))
        );
        Assert.All(
            Enum.GetValues<DiskType>(),
            type => Assert.Equal(type, DiskTypeText.Parse(DiskTypeText.Format(type)))
        );
        Assert.All(
            Enum.GetValues<DiskFormat>(),
            format => Assert.Equal(format, DiskFormatText.Parse(DiskFormatText.Format(format)))
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("Interactive")]
    [InlineData(" gui")]
    [InlineData("bogus")]
    public void Words_are_exact(string text)
    {
        Assert.Throws<InvalidValueException>(() => ConsoleModeText.Parse(text));
        Assert.Throws<InvalidValueException>(() => DiskTypeText.Parse(text));
        Assert.Throws<InvalidValueException>(() => DiskFormatText.Parse(text));
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789ABCDEF")]
    [InlineData("01234567-89ab-cdef-0123-456789ABCDEF")]
    public void A_uuid_has_dashes_or_none(string text) =>
        Assert.Equal("01234567-89ab-cdef-0123-456789abcdef", MachineUuid.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("0123456789abcdef0123456789abcdef0")]
    [InlineData("01234567-89ab-cdef-0123456789abcdef")]
    [InlineData("urn:uuid:01234567-89ab-cdef-0123-456789abcdef")]
    [InlineData("{01234567-89ab-cdef-0123-456789abcdef}")]
    [InlineData("01234567-89ab-cdef-0123-456789abcdeg")]
    [InlineData(" 123456789abcdef0123456789abcdef ")]
    public void Other_forms_are_an_error(string text) =>
        Assert.Equal("InvalidUuid", Assert.Throws<InvalidValueException>(() => MachineUuid.Parse(text)).ErrorId);

    [Fact]
    public void A_tristate_is_one_of_its_words_or_a_typed_error_with_the_text()
    {
        string[] words = ["1", "yes", "y", "true", "t", "on", "0", "no", "n", "false", "f", "off", "auto", ""];
        Gen.Select(
                Gen.Int[0, words.Length - 1].Select(i => words[i]),
                Gen.String[Gen.Char["YESnofT01 \0é"], 0, 2],
                (word, more) => word + more
            )
            .Sample(text =>
            {
                try
                {
                    _ = TristateText.Parse(text, "kvm");
                    return words.Contains(text, StringComparer.OrdinalIgnoreCase);
                }
                catch (InvalidValueException e)
                {
                    return !words.Contains(text, StringComparer.Ordinal) && (string?)e.Target == text;
                }
            });
    }

    [Fact]
    public void Hostile_words_never_give_anything_but_a_typed_error() =>
        Gen.String.Sample(text =>
        {
            Action[] parsers =
            [
                () => TristateText.Parse(text, "kvm"),
                () => BooleanText.Parse(text, "register"),
                () => ConsoleModeText.Parse(text),
                () => DiskTypeText.Parse(text),
                () => MachineUuid.Parse(text),
                () => FirmwareChoice.Parse(text, "/"),
                () => KernelArgument.Parse(text),
            ];
            foreach (var parser in parsers)
            {
                try
                {
                    parser();
                }
                catch (InvalidValueException) { }
            }
        });
}
