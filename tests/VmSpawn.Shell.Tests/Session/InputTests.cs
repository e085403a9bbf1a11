namespace VmSpawn.Shell.Tests.Session;

public sealed class InputTests
{
    [Fact]
    public async Task A_command_that_uses_its_input_gets_the_lines() =>
        Assert.Equal(
            ["got a", "got b"],
            (await ShellRun.Command("$input | ForEach-Object { \"got $_\" }", "a\nb\n")).Lines
        );

    [Fact]
    public async Task A_script_with_a_process_block_gets_each_line()
    {
        var run = await ShellRun.Script(
            "param([Parameter(ValueFromPipeline)] $Line) process { \"<$Line>\" }",
            [],
            "a\nb\n"
        );
        Assert.Equal(["<a>", "<b>"], run.Lines);
    }

    [Fact]
    public async Task A_program_reads_what_the_script_does_not() =>
        Assert.Equal(["a", "b"], (await ShellRun.Command("cat", "a\nb\n")).Lines);

    [Fact]
    public async Task An_input_that_nobody_closes_does_not_hold_up_a_script_that_does_not_read_it()
    {
        using var process = ShellRun.Start(["-Command", "'done'"]);
        Assert.Equal(["done"], (await ShellRun.End(process)).Lines);
    }

    [Fact]
    public async Task Text_and_objects_can_be_piped_to_a_program()
    {
        var run = await ShellRun.Command("'a','b' | cat; Get-Command Out-Default | grep Cmdlet | wc -l");
        Assert.Equal(["a", "b", "1"], run.Lines);
    }

    [Fact]
    public async Task A_question_takes_its_answer_from_the_input()
    {
        var run = await ShellRun.Command(Confirmed, "y\n");
        Assert.EndsWith("did it\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, run.Code);
    }

    [Fact]
    public async Task An_answer_that_is_none_is_asked_for_again_and_help_is_given()
    {
        var run = await ShellRun.Command(
            "$Host.UI.PromptForChoice('Title', 'Text', @('&Alpha', '&Beta'), 0)",
            "?\nx\nbeta\n"
        );
        Assert.Contains("A - ", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("1\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_at_the_end_of_the_input_is_an_error_and_no_consent()
    {
        var run = await ShellRun.Command(Confirmed);
        Assert.DoesNotContain("did it", run.Output, StringComparison.Ordinal);
        Assert.Contains("input ended", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shell_told_not_to_ask_refuses()
    {
        var run = await ShellRun.Of(["-NonInteractive", "-Command", Confirmed], "y\n");
        Assert.DoesNotContain("did it", run.Output, StringComparison.Ordinal);
        Assert.Contains("-NonInteractive", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_mandatory_parameters_are_asked_for_and_converted()
    {
        var run = await ShellRun.Command(
            "function f { param([Parameter(Mandatory)] [int] $N, [Parameter(Mandatory)] [string[]] $L) \"$($N + 1) $L\" }; f",
            "x\n5\na\nb\n\n"
        );
        Assert.EndsWith("6 a b\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("'x'", run.Error, StringComparison.Ordinal);
    }

    private const string Confirmed = """
        function Invoke-It {
            [CmdletBinding(SupportsShouldProcess)] param()
            if ($PSCmdlet.ShouldProcess('target', 'action')) { 'did it' }
        }
        Invoke-It -Confirm
        """;
}
