using CsCheck;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Qemu;
using Xunit;

namespace VmSpawn.Engine.Tests.Qemu;

public sealed class QemuOptionTests
{
    // The spec, section 13, C1.
    [Theory]
    [InlineData("abcde", "abcde")]
    [InlineData("a,bcde", "a,,bcde")]
    [InlineData(",,,", ",,,,,,")]
    [InlineData("", "")]
    public void Commas_are_doubled(string text, string expected) => Assert.Equal(expected, QemuOption.Escape(text));

    [Fact]
    public void A_list_is_built_part_by_part()
    {
        var option = QemuOption
            .List("-device", "virtio-blk-pci")
            .With("drive", "disk0")
            .With("bootindex", 1)
            .With("share-rw", value: false)
            .WithOptional("serial", null);
        Assert.Equal(["-device", "virtio-blk-pci,drive=disk0,bootindex=1,share-rw=off"], option.Words);
    }

    [Fact]
    public void A_literal_stands_as_it_is_and_a_flag_alone()
    {
        Assert.Equal(["-append", "a=1,2"], QemuOption.Literal("-append", "a=1,2").Words);
        Assert.Equal(["-nodefaults"], QemuOption.Flag("-nodefaults").Words);
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("a\rb")]
    public void Line_breaks_and_nul_are_refused_everywhere(string value)
    {
        Assert.Throws<InvalidValueException>(() => QemuOption.Literal("-append", value));
        Assert.Throws<InvalidValueException>(() => QemuOption.List("-chardev", value));
        Assert.Throws<InvalidValueException>(() => QemuOption.List("-drive").With("file", value));
    }

    [Fact]
    public void No_value_breaks_out_of_its_place() =>
        Gen.String[Gen.Char["a,=;\" "], 0, 20]
            .Sample(value =>
            {
                var option = QemuOption.List("-drive").With("file", value).With("if", "none");
                return Split(option.Value!) is ["file", var read, "if", "none"] && read == value;
            });

    // Reads an option list as QEMU's documentation describes it: pairs end at a comma that is not doubled.
    private static string[] Split(string list) =>
        [
            .. list.Replace(",,", "\u0001", StringComparison.Ordinal)
                .Split(',')
                .SelectMany(pair => pair.Split('=', 2))
                .Select(part => part.Replace('\u0001', ',')),
        ];
}
