using System.Management.Automation;
using VmSpawn.Shell.Terminal;

namespace VmSpawn.Shell.Tests.Terminal;

public sealed class TerminalWriterTests
{
    private static readonly TerminalTraits AColorTerminal = new()
    {
        InputIsTerminal = true,
        OutputIsTerminal = true,
        ErrorIsTerminal = true,
        UnderstandsSequences = true,
        WantsColor = true,
        FixedWidth = 60,
    };

    [Fact]
    public void Progress_is_erased_before_output_and_drawn_again_below_it()
    {
        using var text = new StringWriter();
        using var writer = new TerminalWriter(AColorTerminal with { WantsColor = false }, text, text);
        writer.ShowProgress(0, new ProgressRecord(1, "Work", "a"));
        writer.Write("line\n");
        Assert.Equal("Work a\r\e[0Jline\nWork a\r", text.ToString());
    }

    [Fact]
    public void Completed_progress_leaves_nothing_on_the_screen()
    {
        using var text = new StringWriter();
        using var writer = new TerminalWriter(AColorTerminal with { WantsColor = false }, text, text);
        writer.ShowProgress(0, new ProgressRecord(1, "Work", "a"));
        writer.ShowProgress(0, new ProgressRecord(1, "Work", "a") { RecordType = ProgressRecordType.Completed });
        Assert.Equal("Work a\r\e[0J", text.ToString());
    }

    [Fact]
    public void Progress_waits_for_the_end_of_a_line_and_of_a_suspension()
    {
        using var text = new StringWriter();
        using var writer = new TerminalWriter(AColorTerminal with { WantsColor = false }, text, text);
        writer.Write("Question: ");
        writer.ShowProgress(0, new ProgressRecord(1, "Work", "a"));
        Assert.Equal("Question: ", text.ToString());
        using (writer.SuspendProgress())
        {
            writer.Write("\n");
            Assert.Equal("Question: \n", text.ToString());
        }

        Assert.Equal("Question: \nWork a\r", text.ToString());
    }

    [Fact]
    public void Several_activities_are_drawn_below_each_other_with_the_cursor_above_them()
    {
        using var text = new StringWriter();
        using var writer = new TerminalWriter(AColorTerminal with { WantsColor = false }, text, text);
        writer.ShowProgress(0, new ProgressRecord(1, "A", "x"));
        writer.ShowProgress(0, new ProgressRecord(2, "B", "y"));
        Assert.EndsWith("\e[0JA x\nB y\e[1A\r", text.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "\e[31mred\e[0m")]
    [InlineData(false, "red")]
    public void Colors_are_written_only_where_they_are_wanted(bool wanted, string expected)
    {
        using var text = new StringWriter();
        using var writer = new TerminalWriter(AColorTerminal with { WantsColor = wanted }, text, text);
        writer.Write(ConsoleColor.DarkRed, TextColor.Unset, "red");
        Assert.Equal(expected, text.ToString());
    }

    [Theory]
    [InlineData(ConsoleColor.Black, "\e[30m", "\e[40m")]
    [InlineData(ConsoleColor.DarkBlue, "\e[34m", "\e[44m")]
    [InlineData(ConsoleColor.DarkYellow, "\e[33m", "\e[43m")]
    [InlineData(ConsoleColor.White, "\e[97m", "\e[107m")]
    [InlineData(ConsoleColor.Cyan, "\e[96m", "\e[106m")]
    [InlineData(TextColor.Unset, "", "")]
    public void Console_colors_are_the_terminals(ConsoleColor color, string foreground, string background)
    {
        Assert.Equal(foreground, TextColor.Foreground(color));
        Assert.Equal(background, TextColor.Background(color));
    }
}
