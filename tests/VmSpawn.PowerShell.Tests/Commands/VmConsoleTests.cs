using VmSpawn.PowerShell.Tests.Fakes;
using VmSpawn.PowerShell.Tests.Hosting;

namespace VmSpawn.PowerShell.Tests.Commands;

public sealed class VmConsoleTests : IDisposable
{
    private readonly TestShell _shell = new();

    public VmConsoleTests() => Engine.Add(Samples.Running("a"));

    private FakeEngine Engine => _shell.Engine;

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Lines_are_objects_with_a_time()
    {
        Engine.Console = new FakeConsole("one\r\n\e[31mtwo\e[0m\r\nlogin: ");

        var lines = _shell.Run("Get-VmSpawn a | Receive-VmConsole").Output.Cast<ConsoleLine>().ToList();

        Assert.Equal(["one", "two", "login: "], lines.Select(line => line.Text));
        Assert.All(lines, line => Assert.Equal("a", line.Name));
        Assert.Null(lines[0].Time);
        Assert.Equal(Samples.Start.AddSeconds(5).LocalDateTime, lines[1].Time);
    }

    [Theory]
    [InlineData("Receive-VmConsole a -Tail 2", "two|three")]
    [InlineData("Receive-VmConsole a -Tail 0", "")]
    [InlineData("Receive-VmConsole a -Tail 1 -Wait", "three|four|five")]
    [InlineData("Receive-VmConsole a -Wait", "one|two|three|four|five")]
    public void As_many_lines_as_are_wanted(string script, string expected)
    {
        Engine.Console = new FakeConsole("one\ntwo\nthree\n", "four\nfive");

        var result = _shell.Run(script);

        Assert.Empty(result.Errors);
        Assert.Equal(expected, string.Join('|', result.Output.Select(line => $"{line}")));
    }

    [Fact]
    public void A_prompt_that_is_continued_is_one_line()
    {
        Engine.Console = new FakeConsole("login: ", "root\nwelcome\n");

        Assert.Equal(
            ["login: root", "welcome"],
            _shell.Run("Receive-VmConsole a -Wait").Output.Select(line => $"{line}")
        );
    }

    [Fact]
    public void Raw_text_loses_nothing()
    {
        const string Written = "one\r\n\e[31mtwo\e[0m\r\nlogin: ";
        Engine.Console = new FakeConsole(Written, "ü\e[2J\n");

        Assert.Equal(Written + "ü\e[2J\n", string.Concat(_shell.Run("Receive-VmConsole a -Raw -Wait").Output));
        Engine.Console = new FakeConsole(Written);
        Assert.Equal(Written, _shell.Run("Receive-VmConsole a -Raw").Single<string>());
    }

    [Fact]
    public void A_pipeline_that_has_enough_ends_the_reading()
    {
        Engine.Console = new FakeConsole("one\ntwo\n", goesOn: true);

        Assert.Empty(_shell.Run("foreach ($line in Receive-VmConsole a) { $line.Text; break }").Errors);
    }

    [Fact]
    public void Text_and_keys_are_typed()
    {
        _shell.Run("Send-VmConsole a \"uname`n\" -Key Up, Ctrl-C");

        Assert.Equal(["type a uname<0d><1b>[A<03>"], Engine.Calls);
    }

    [Fact]
    public void A_key_that_is_none_is_an_error_of_its_own() =>
        Assert.StartsWith("InvalidKey,", _shell.Catch("Send-VmConsole a -Key Any").FullyQualifiedErrorId);

    [Theory]
    [InlineData("Wait-VmConsole a 'login:'", "host login: ", "login:", 17)]
    [InlineData("Wait-VmConsole a 'PORT (?<port>\\d+)'", "port 22 ", "port 22", 26)]
    [InlineData("Wait-VmConsole a 'o' -After 4", "host login: ", "o", 17)]
    [InlineData("Wait-VmConsole a '[' -SimpleMatch", "[x]", "[", 30)]
    public void A_line_that_matches_is_found(string script, string text, string value, int position)
    {
        Engine.Console = new FakeConsole("boot\nhost login: ", "\nport 22 \n[x]", goesOn: true);

        var match = _shell.Run($"{script} -Timeout 5").Single<ConsoleMatch>();

        Assert.Equal((text, value), (match.Text, match.Value));
        Assert.Equal("a", match.Name);
        Assert.InRange(match.Position, position - 1, position + 1);
        Assert.Equal(value, match.Groups["0"]);
    }

    [Theory]
    [InlineData(true, "ConsoleWaitTimedOut")]
    [InlineData(false, "ConsoleEnded")]
    public void What_never_comes_is_an_error_with_the_last_lines(bool goesOn, string errorId)
    {
        Engine.Console = new FakeConsole("boot\npanic\n", "rebooting", goesOn);

        var error = _shell.Run("Wait-VmConsole a login: -Timeout 300ms").SingleError();

        Assert.StartsWith($"{errorId},", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("panic\nrebooting", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_that_is_none_is_an_error_of_its_own() =>
        Assert.StartsWith("InvalidPattern,", _shell.Catch("Wait-VmConsole a '('").FullyQualifiedErrorId);

    [Fact]
    public void A_screenshot_is_saved_where_the_shell_is()
    {
        var file = _shell.Run("Save-VmScreenshot a ./x.png").Single<FileInfo>();

        Assert.Equal(Path.Join(_shell.Directory.FullName, "x.png"), file.FullName);
        Assert.Equal("a picture"u8.ToArray(), File.ReadAllBytes(file.FullName));
    }

    [Fact]
    public void Keys_of_the_keyboard_are_pressed_after_the_text()
    {
        _shell.Run("Send-VmKey a -Text 'A' ctrl-alt-f2, enter");

        Assert.Equal(["press a shift+a ctrl+alt+f2 ret"], Engine.Calls);
    }

    [Theory]
    [InlineData("Send-VmKey a nokey", "InvalidScreenKey")]
    [InlineData("Send-VmKey a -Text ü", "InvalidScreenText")]
    public void Keys_that_are_none_are_errors_of_their_own(string script, string errorId) =>
        Assert.StartsWith($"{errorId},", _shell.Catch(script).FullyQualifiedErrorId, StringComparison.Ordinal);
}
