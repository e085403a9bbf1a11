namespace VmSpawn.Shell.Tests.Session;

public sealed class ExitCodeTests
{
    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("exit", 0)]
    [InlineData("exit -1", 255)]
    [InlineData("& { exit 9 }; 'not reached'", 9)]
    [InlineData("function leave { exit 4 }; leave", 4)]
    [InlineData("try { exit 5 } finally { 'finally' }", 5)]
    [InlineData("sh -c 'exit 6'", 0)]
    [InlineData("sh -c 'exit 6'; exit $LASTEXITCODE", 6)]
    [InlineData("throw 'x'", 1)]
    [InlineData("$ErrorActionPreference = 'Stop'; Get-Help -Nonsense", 1)]
    [InlineData("Get-NoSuchThing; 'goes on'", 0)]
    [InlineData("if (", 1)]
    public async Task A_script_file_ends_with(string text, int code) =>
        Assert.Equal(code, (await ShellRun.Script(text, [])).Code);

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("1", 0)]
    [InlineData("sh -c 'exit 6'", 1)]
    [InlineData("sh -c 'exit 6'; 1", 0)]
    [InlineData("Get-NoSuchThing", 1)]
    [InlineData("Get-NoSuchThing; 1", 0)]
    [InlineData("throw 'x'", 1)]
    [InlineData("1 +", 1)]
    public async Task A_command_ends_with(string text, int code) =>
        Assert.Equal(code, (await ShellRun.Command(text)).Code);

    [Fact]
    public async Task A_missing_script_is_a_usage_error_that_names_it()
    {
        var run = await ShellRun.Of(["no-such-script.ps1"]);
        Assert.Equal(64, run.Code);
        Assert.Contains("no-such-script.ps1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_another_kind_is_a_usage_error()
    {
        using var file = new ScriptFile("'x'", "script.txt");
        var run = await ShellRun.Of([file.Path]);
        Assert.Equal(64, run.Code);
        Assert.Contains(".ps1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_of_standard_input_run_until_one_says_exit()
    {
        var run = await ShellRun.Of(["-Command", "-"], "'one'\nif ($true) {\n'two'\n}\nexit 4\n'three'\n");
        Assert.Equal(4, run.Code);
        Assert.Equal(["one", "two"], run.Lines);
    }

    [Fact]
    public async Task Commands_of_standard_input_go_on_after_an_error_and_the_last_one_counts()
    {
        var run = await ShellRun.Of([], "throw 'q'\n'after'\nthrow 'r'\n");
        Assert.Equal(1, run.Code);
        Assert.Equal(["after"], run.Lines);
        Assert.Contains("q", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unfinished_command_at_the_end_of_standard_input_is_an_error()
    {
        var run = await ShellRun.Of(["-Command", "-"], "'one'\n'two' +\n");
        Assert.Equal(1, run.Code);
        Assert.Equal(["one"], run.Lines);
        Assert.Contains("ParserError", run.Error, StringComparison.Ordinal);
    }
}
