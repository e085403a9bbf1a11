using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Console;
using VmSpawn.Engine.Errors;
using VmSpawn.PowerShell.Tests.Fakes;
using VmSpawn.PowerShell.Tests.Hosting;
using VmSpawn.Services;

namespace VmSpawn.PowerShell.Tests.Commands;

/// <summary>What <c>Start-VmSpawn -Wait</c> and <c>Connect-VmSpawn</c> do with the console, in a shell that owns its terminal.</summary>
public sealed class ConsoleModeTests : IDisposable
{
    private readonly TestShell _shell = new("ConsoleHost");

    private FakeEngine Engine => _shell.Engine;

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData(TerminalEnd.Escaped)]
    [InlineData(TerminalEnd.InputEnded)]
    public void Leaving_the_console_ends_a_vm_that_was_waited_for(TerminalEnd end)
    {
        Engine.Showing = _ => Task.FromResult(end);

        var result = _shell.Run("Start-VmSpawn -Image /srv/disk.raw -Wait -Console Interactive; $LASTEXITCODE");

        Assert.Empty(result.Errors);
        Assert.Equal("Stopped", Assert.IsType<VirtualMachine>(result.Output[0]).State);
        Assert.Equal(0, result.Output[1]);
        Assert.Equal(["start disk", "show disk interactive", "turn off disk"], Engine.Calls);
        Assert.Equal(
            ["░ Spawning VM disk on /srv/disk.raw.", "░ Press Ctrl-] three times within 1s to kill VM."],
            result.Information
        );
    }

    [Fact]
    public void A_read_only_console_says_nothing_of_keys()
    {
        Engine.Showing = _ =>
        {
            Engine.Add(Samples.Ended(Engine.Find("disk")!, 0));
            return Task.FromResult(TerminalEnd.ConsoleClosed);
        };

        var result = _shell.Run("Start-VmSpawn -Image /srv/disk.raw -Wait -Console ReadOnly");

        Assert.Equal(["start disk", "show disk read-only", "wait disk Exit"], Engine.Calls);
        Assert.Equal(["░ Spawning VM disk on /srv/disk.raw."], result.Information);
    }

    [Fact]
    public void Quiet_silences_the_messages() =>
        Assert.Empty(_shell.Run("Start-VmSpawn -Image /srv/disk.raw -Wait -Console ReadOnly -Quiet").Information);

    [Theory]
    [InlineData("Gui")]
    [InlineData("Headless")]
    public void Without_a_console_there_is_nothing_to_show(string mode)
    {
        var result = _shell.Run($"Start-VmSpawn -Image /srv/disk.raw -Wait -Console {mode}");

        Assert.Empty(result.Information);
        Assert.Equal(["start disk", "wait disk Exit"], Engine.Calls);
    }

    [Fact]
    public void Native_without_a_terminal_is_refused_before_anything_starts()
    {
        using var shell = new TestShell();

        var error = shell.Catch("Start-VmSpawn -Image /srv/disk.raw -Wait -Console Native");

        Assert.StartsWith("TerminalNeeded,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(shell.Engine.Calls);
    }

    [Fact]
    public void A_console_that_somebody_else_types_on_is_a_warning_and_the_vm_goes_on()
    {
        Engine.Showing = _ => throw new VmSpawnException("ConsoleBusy", VmErrorKind.Busy, "Somebody else types.");

        var result = _shell.Run("Start-VmSpawn -Image /srv/disk.raw -Wait -Console Interactive");

        Assert.Contains("Somebody else types.", result.Warnings);
        Assert.Contains("wait disk Exit", Engine.Calls);
    }

    [Fact]
    public void A_console_is_watched_and_left()
    {
        Engine.Add(Samples.Running("a"));
        Engine.Showing = _ => Task.FromResult(TerminalEnd.Stopped);

        var result = _shell.Run("Connect-VmSpawn a -ReadOnly");

        Assert.Equal("Running", result.Single<VirtualMachine>().State);
        Assert.Equal(["show a read-only"], Engine.Calls);
        Assert.Equal(["░ Watching VM a. Press Ctrl-C to leave it."], result.Information);
    }

    [Theory]
    [InlineData("ended", "MachineEnded")]
    [InlineData("nobody", "MachineNotFound")]
    [InlineData("headless", "NoConsole")]
    [InlineData("running", "TerminalNeeded")]
    public void A_console_that_cannot_be_had_is_an_error_of_its_own(string name, string errorId)
    {
        using var shell = new TestShell();
        var headless = Samples.Running("headless");
        shell.Engine.Add(
            Samples.Ended(Samples.Running("ended"), 0),
            headless with
            {
                Summary = headless.Summary with { Console = ConsoleMode.Headless },
            },
            Samples.Running("running")
        );

        var error = shell.Run($"Connect-VmSpawn {name}").SingleError();

        Assert.StartsWith($"{errorId},", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.NotEqual("", error.ErrorDetails.RecommendedAction);
    }

    [Theory]
    [InlineData("xterm-256color", null, "C.UTF-8", true, true, "🟢 ")]
    [InlineData("xterm", null, "C", true, true, "")]
    [InlineData("xterm", "1", "de_DE.utf8", false, true, "🟢 ")]
    [InlineData("linux", null, "C.UTF-8", true, false, "")]
    [InlineData("dumb", null, "C.UTF-8", false, false, "")]
    [InlineData(null, null, "C.UTF-8", false, false, "")]
    public void Colours_and_title_follow_the_terminal(
        string? type,
        string? noColour,
        string locale,
        bool colours,
        bool title,
        string mark
    )
    {
        var environment = new Dictionary<string, string?>
        {
            ["TERM"] = type,
            ["NO_COLOR"] = noColour,
            ["LANG"] = locale,
        };

        Assert.Equal(
            new TerminalLook(colours, title, mark),
            TerminalLook.Read(isTerminal: true, environment.GetValueOrDefault)
        );
        Assert.Equal(
            new TerminalLook(false, false, ""),
            TerminalLook.Read(isTerminal: false, environment.GetValueOrDefault)
        );
    }
}
