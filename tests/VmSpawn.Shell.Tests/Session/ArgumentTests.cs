namespace VmSpawn.Shell.Tests.Session;

public sealed class ArgumentTests
{
    private const string Script = """
        param([switch] $Flag, [string] $Name, [int] $Number, [Parameter(ValueFromRemainingArguments)] $Rest)
        "Flag=$Flag Name=$Name Number=$Number Rest=$($Rest -join '|')"
        """;

    [Theory]
    [InlineData("Flag=True Name=foo Number=3 Rest=a|b c", "-Flag", "-Name", "foo", "-Number", "3", "a", "b c")]
    [InlineData("Flag=False Name=foo Number=0 Rest=", "-Flag:$false", "-Name:foo")]
    [InlineData("Flag=False Name=$HOME Number=-5 Rest=*", "-Name", "$HOME", "-Number", "-5", "*")]
    public async Task A_script_gets_its_arguments(string expected, params string[] arguments)
    {
        var run = await ShellRun.Script(Script, arguments);
        Assert.Equal("", run.Error);
        Assert.Equal([expected], run.Lines);
    }

    [Fact]
    public async Task A_wrong_argument_ends_the_script_and_is_named()
    {
        var run = await ShellRun.Script(Script, ["-Number", "abc"]);
        Assert.Equal(1, run.Code);
        Assert.Contains("'Number'", run.Error, StringComparison.Ordinal);
        Assert.Contains("\"abc\"", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_knows_where_it_is_and_dot_sources_its_neighbours()
    {
        using var file = new ScriptFile(". \"$PSScriptRoot/part.ps1\"; part");
        file.AddNeighbour("part.ps1", "function part { $MyInvocation.ScriptName }");
        Assert.Equal([file.Path], (await ShellRun.Of([file.Path])).Lines);
    }

    [Fact]
    public async Task A_command_with_arguments_finds_them_in_args()
    {
        var run = await ShellRun.Of(["-CommandWithArgs", "$args.Count; $args[1]", "a", "b c"]);
        Assert.Equal(["2", "b c"], run.Lines);
    }

    [Fact]
    public async Task The_working_directory_is_the_callers_or_the_one_asked_for()
    {
        Assert.Equal([AppContext.BaseDirectory.TrimEnd('/')], (await ShellRun.Command("$PWD.Path")).Lines);
        Assert.Equal(["/usr"], (await ShellRun.Of(["-WorkingDirectory", "/usr", "-Command", "$PWD.Path"])).Lines);
    }

    [Fact]
    public async Task The_version_is_that_of_the_engine()
    {
        var run = await ShellRun.Of(["-Version"]);
        Assert.Equal(0, run.Code);
        Assert.Matches(@"^PowerShell 7\.\d+\.\d+ ", run.Output);
    }
}
