using System.Text;
using CsCheck;
using VmSpawn.Engine.Console;
using VmSpawn.Engine.Errors;
using Xunit;

namespace VmSpawn.Engine.Tests.Console;

public sealed class ConsoleTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("line\r", "line")]
    [InlineData("\e[1;31mred\e[0m text", "red text")]
    [InlineData("  0%\r 50%\r100%\r", "100%")]
    [InlineData("done\r\e[0m", "done")]
    [InlineData("\e]0;title\a$ ls", "$ ls")]
    [InlineData("\e]0;title\e\\$ ls", "$ ls")]
    [InlineData("\e(Bx\e=y\e[?25lz", "xyz")]
    [InlineData("ab\bc", "ac")]
    [InlineData("a\tb\0c\x7f", "a\tbc")]
    [InlineData("ü 🟢", "ü 🟢")]
    [InlineData("cut \e[1;", "cut ")]
    [InlineData("cut \e", "cut ")]
    public void A_line_is_what_a_terminal_shows(string written, string expected) =>
        Assert.Equal(expected, PlainText.Of(Encoding.UTF8.GetBytes(written)));

    [Fact]
    public void No_bytes_give_control_characters() =>
        Gen.Byte.Array[0, 100].Sample(bytes => PlainText.Of(bytes).All(c => !char.IsControl(c) || c == '\t'));

    [Fact]
    public void Lines_and_their_places_do_not_depend_on_how_the_bytes_come() =>
        Gen.Select(Gen.String[Gen.Char["ab\r\n"], 0, 60], Gen.Int[1, 9])
            .Sample(
                (text, size) =>
                {
                    var bytes = Encoding.ASCII.GetBytes(text);
                    var splitter = new LineSplitter(100);
                    var lines = bytes.Chunk(size).SelectMany(chunk => splitter.Add(chunk)).ToList();
                    var rest = splitter.Unfinished;
                    return lines
                            .Select(line => Encoding.ASCII.GetString(line.Bytes.Span))
                            .Append(rest is null ? "" : Encoding.ASCII.GetString(rest.Bytes.Span))
                            .SequenceEqual(text.Split('\n'))
                        && lines.All(line =>
                            bytes.AsSpan((int)line.Start - 100, line.Bytes.Length).SequenceEqual(line.Bytes.Span)
                        )
                        && (lines.Count == 0 || lines[^1].End == 100 + text.LastIndexOf('\n') + 1);
                }
            );

    [Theory]
    [InlineData("Enter", "\r")]
    [InlineData("up", "\e[A")]
    [InlineData("Ctrl-C", "\x03")]
    [InlineData("ctrl-]", "\x1d")]
    [InlineData("F12", "\e[24~")]
    public void A_key_sends_what_a_terminals_does(string name, string expected) =>
        Assert.Equal(expected, Encoding.ASCII.GetString(TerminalKey.Parse(name)));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("Ctrl-")]
    [InlineData("Ctrl-1")]
    [InlineData("F13")]
    public void Another_word_is_no_key(string? name) =>
        Assert.Equal("InvalidKey", Assert.Throws<InvalidValueException>(() => TerminalKey.Parse(name)).ErrorId);
}
