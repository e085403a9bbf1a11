using System.Buffers;
using System.Text;
using CsCheck;
using VmSpawn.Engine.Console;
using Xunit;

namespace VmSpawn.Engine.Tests.Console;

public sealed class TerminalFilterTests
{
    private static readonly string[] Pieces =
    [
        "text",
        "\r\n",
        "\n",
        "\e[0m",
        "\e[m",
        "\e[1;31m",
        "\e[49m",
        "\e[38;5;0m",
        "\e[48;2;0;0;0m",
        "\e[41m",
        "\e[?25l",
        "\e[?1049h",
        "\e[2J",
        "\e[6 q",
        "\e]0;title\a",
        "\e]2;other\e\\",
        "\eP1$r0m\e\\",
        "\e(B",
        "\ec",
        "\e=",
        "ü",
        "🟢",
        "\e[",
        "\e",
        "\x18",
        "3",
    ];

    private static readonly Gen<string> Piece = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]);

    [Theory]
    [InlineData("line1\r\n\e[0mline2", "line1\r\n\e[44m\e[0;44mline2")]
    [InlineData("\e[m", "\e[;44m")]
    [InlineData("\e[00m", "\e[00;44m")]
    [InlineData("\e[1;49m", "\e[1;49;44m")]
    [InlineData("\e[0;41mx\r\ny", "\e[0;41mx\r\ny")]
    [InlineData("\e[41;0m", "\e[41;0;44m")]
    [InlineData("\e[1m", "\e[1m")]
    [InlineData("\e[38;5;0m", "\e[38;5;0m")]
    [InlineData("\e[38;2;0;49;0m", "\e[38;2;0;49;0m")]
    [InlineData("\e[38:5:0m", "\e[38:5:0m")]
    [InlineData("\e[4:0m", "\e[4:0m")]
    [InlineData("\e[?0m\e[>0m", "\e[?0m\e[>0m")]
    [InlineData("\n\n", "\n\n")]
    [InlineData("\rx", "\r\e[44mx")]
    [InlineData("\e[999999999999m", "\e[999999999999m")]
    public void A_colour_stays_where_the_guest_sets_none(string written, string expected) =>
        Assert.Equal(expected, Pass("44", "", written));

    [Theory]
    [InlineData("\e]0;shell\a$", "\e]0;shell\a\e]0;* shell\a$")]
    [InlineData("\e]0;shell\e\\$", "\e]0;shell\e\\\e]0;* shell\a$")]
    [InlineData("\e]2;shell\a", "\e]2;shell\a")]
    [InlineData("\e]11;?\a", "\e]11;?\a")]
    public void A_title_of_the_guests_is_marked(string written, string expected) =>
        Assert.Equal(expected, Pass("", "* ", written));

    [Fact]
    public void The_colour_is_set_at_the_beginning_and_taken_away_at_the_end()
    {
        var output = new ArrayBufferWriter<byte>();
        var filter = new TerminalFilter("48;5;22", "A title", "");
        filter.Begin(output);
        filter.End(output);

        Assert.Equal(
            "\e[22;2t\e]2;A title\a\e[48;5;22m\e[K\e[0m\e[J\e[23;2t",
            Encoding.UTF8.GetString(output.WrittenSpan)
        );
    }

    [Fact]
    public void What_the_guest_has_switched_is_switched_back()
    {
        var output = new ArrayBufferWriter<byte>();
        var filter = new TerminalFilter("", "", "");
        filter.Pass("\e[?7l\e[?25l\e[?2004;1h\e[?1h\e[?25h\e=\e[?7"u8, output);
        output.ResetWrittenCount();
        filter.End(output);

        Assert.Equal("\x18\e[?1l\e[?7h\e[?2004l\e>\e[0m", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Without_a_colour_and_a_title_every_byte_passes_as_it_is() =>
        Gen.Byte.Array[0, 200].Sample(bytes => Pass("", "", [bytes]).AsSpan().SequenceEqual(bytes));

    [Fact]
    public void It_makes_no_difference_how_the_bytes_come() =>
        Gen.Select(Piece.List[0, 12], Gen.Int[1, 7])
            .Sample(
                (pieces, size) =>
                {
                    var bytes = Encoding.UTF8.GetBytes(string.Concat(pieces));
                    return Pass("44", "* ", [bytes]).AsSpan().SequenceEqual(Pass("44", "* ", [.. bytes.Chunk(size)]));
                }
            );

    [Fact]
    public void No_byte_of_the_guests_is_lost() =>
        Gen.Select(Piece.List[0, 12], Gen.Bool)
            .Sample(
                (pieces, isLong) =>
                {
                    var written = string.Concat(pieces);
                    return IsWithin(written, Pass(isLong ? "48;2;1;2;3" : "44", "* ", written));
                }
            );

    private static bool IsWithin(string part, string whole)
    {
        var at = 0;
        foreach (var c in part)
        {
            at = whole.IndexOf(c, at) + 1;
            if (at == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static string Pass(string colour, string mark, string written) =>
        Encoding.UTF8.GetString(Pass(colour, mark, [Encoding.UTF8.GetBytes(written)]));

    private static byte[] Pass(string colour, string mark, IEnumerable<byte[]> chunks)
    {
        var filter = new TerminalFilter(colour, "", mark);
        var output = new ArrayBufferWriter<byte>();
        foreach (var chunk in chunks)
        {
            filter.Pass(chunk, output);
        }

        return output.WrittenSpan.ToArray();
    }
}
