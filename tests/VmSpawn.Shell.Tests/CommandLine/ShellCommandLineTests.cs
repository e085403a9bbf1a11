using CsCheck;
using VmSpawn.Shell.CommandLine;

namespace VmSpawn.Shell.Tests.CommandLine;

public sealed class ShellCommandLineTests
{
    [Fact]
    public void A_word_that_is_no_option_is_a_script_and_all_after_it_are_its_arguments()
    {
        var file = Assert.IsType<RunFile>(Parse("-NoProfile", "a.ps1", "-NoExit", "-Command").Action);
        Assert.Equal("a.ps1", file.Path);
        Assert.Equal(["-NoExit", "-Command"], file.Arguments);
    }

    [Theory]
    [InlineData("-f")]
    [InlineData("-File")]
    [InlineData("--file")]
    [InlineData("-FIL")]
    public void Options_may_be_shortened_and_written_in_any_case(string option) =>
        Assert.Equal("x.ps1", Assert.IsType<RunFile>(Parse(option, "x.ps1").Action).Path);

    [Fact]
    public void A_command_is_the_rest_of_the_line()
    {
        var text = Assert.IsType<RunText>(Parse("-nop", "-c", "1", "+", "1").Action);
        Assert.Equal("1 + 1", text.Text);
        Assert.Null(text.Arguments);
    }

    [Fact]
    public void A_command_with_arguments_is_one_word()
    {
        var text = Assert.IsType<RunText>(Parse("-CommandWithArgs", "$args", "a b", "-c").Action);
        Assert.Equal("$args", text.Text);
        Assert.Equal(["a b", "-c"], text.Arguments);
    }

    [Fact]
    public void A_dash_as_the_command_reads_standard_input() =>
        Assert.False(Assert.IsType<ReadCommands>(Parse("-Command", "-").Action).Prompt);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_anything_to_run_commands_are_read_with_a_prompt_only_from_a_terminal(bool redirected) =>
        Assert.Equal(!redirected, Assert.IsType<ReadCommands>(ShellCommandLine.Parse([], redirected).Action).Prompt);

    [Fact]
    public void An_encoded_command_is_base64_of_utf16()
    {
        var words = new[] { "-EncodedCommand", Convert.ToBase64String(System.Text.Encoding.Unicode.GetBytes("'ä'")) };
        Assert.Equal("'ä'", Assert.IsType<RunText>(Parse(words).Action).Text);
    }

    [Fact]
    public void Switches_are_kept()
    {
        var options = Parse("-NoLogo", "-NonInteractive", "-NoExit", "-WorkingDirectory", "/usr", "-Version");
        Assert.True(options is { NoLogo: true, NonInteractive: true, NoExit: true, WorkingDirectory: "/usr" });
        Assert.IsType<ShowVersion>(options.Action);
    }

    [Theory]
    [InlineData("-bogus")]
    [InlineData("-File")]
    [InlineData("-Command")]
    [InlineData("-WorkingDirectory")]
    [InlineData("-Command", "-", "more")]
    [InlineData("-EncodedCommand", "not base64!")]
    [InlineData("-OutputFormat", "XML")]
    public void What_cannot_be_understood_is_refused_with_the_word(params string[] words) =>
        Assert.Contains(words[0], Assert.Throws<UsageException>(() => Parse(words)).Message, StringComparison.Ordinal);

    [Fact]
    public void Any_words_give_options_or_a_usage_error() =>
        Gen.String[Gen.Char["-/?cfnoie: a.Å\0"], 0, 8]
            .Array[0, 5]
            .Sample(words =>
            {
                try
                {
                    _ = Parse(words);
                }
                catch (UsageException problem)
                {
                    Assert.NotEmpty(problem.Message);
                }
            });

    private static ShellOptions Parse(params string[] words) => ShellCommandLine.Parse(words, inputIsRedirected: false);
}
