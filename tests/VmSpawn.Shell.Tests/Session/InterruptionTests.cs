using System.Diagnostics;

namespace VmSpawn.Shell.Tests.Session;

public sealed class InterruptionTests
{
    private const string Interrupt = "INT";
    private const string WaitsAndCleansUp = """
        try { 'started'; while ($true) { [Threading.Thread]::Sleep(20) } } finally { [Console]::WriteLine('cleaned up') }
        """;

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public async Task A_signal_stops_the_script_which_cleans_up_first(string signal, int code)
    {
        var run = await Interrupted(WaitsAndCleansUp, signal);
        Assert.Equal(code, run.Code);
        Assert.Equal(["cleaned up"], run.Lines);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_ends_the_program_that_the_script_waits_for(string signal, int code)
    {
        var run = await Interrupted("sh -c 'echo started; exec sleep 300'; 'not reached'", signal);
        Assert.Equal(code, run.Code);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task Programs_that_clean_up_are_not_disturbed()
    {
        const string Script = """
            try { sh -c 'echo started; exec sleep 300' }
            finally { sh -c 'sleep 0.5; echo cleaned up' | ForEach-Object { [Console]::WriteLine($_) } }
            """;
        var run = await Interrupted(Script, Interrupt);
        Assert.Equal(130, run.Code);
        Assert.Equal(["cleaned up"], run.Lines);
    }

    [Fact]
    public async Task A_second_interrupt_does_not_wait_for_a_script_that_does_not_stop()
    {
        const string Stubborn = """
            try { 'started'; while ($true) { [Threading.Thread]::Sleep(20) } }
            finally { [Console]::WriteLine('stopping'); [Threading.Thread]::Sleep(300000) }
            """;
        using var process = ShellRun.Start(["-Command", Stubborn]);
        await Await(process, "started");
        Send(process, Interrupt);
        await Await(process, "stopping");
        Send(process, Interrupt);
        Assert.Equal(130, (await ShellRun.End(process)).Code);
    }

    [Fact]
    public async Task A_signal_ends_the_wait_for_an_answer()
    {
        var run = await Interrupted("'started'; $Host.UI.ReadLine(); 'not reached'", Interrupt);
        Assert.Equal(130, run.Code);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task A_shell_that_waits_for_commands_ends_at_an_interrupt()
    {
        using var process = ShellRun.Start(["-Command", "-"]);
        await process.StandardInput.WriteLineAsync("'started'");
        await Await(process, "started");
        Send(process, Interrupt);
        Assert.Equal(130, (await ShellRun.End(process)).Code);
    }

    [Fact]
    public async Task Commands_of_standard_input_stop_at_an_interrupt()
    {
        using var process = ShellRun.Start(["-Command", "-"]);
        await process.StandardInput.WriteLineAsync("'started'; while ($true) { [Threading.Thread]::Sleep(20) }");
        await process.StandardInput.WriteLineAsync("'not reached'");
        await Await(process, "started");
        Send(process, Interrupt);
        var run = await ShellRun.End(process);
        Assert.Equal(130, run.Code);
        Assert.Equal("", run.Output);
    }

    private static async Task<ShellRun> Interrupted(string text, string signal)
    {
        using var process = ShellRun.Start(["-Command", text]);
        await Await(process, "started");
        Send(process, signal);
        return await ShellRun.End(process);
    }

    private static async Task Await(Process process, string line) =>
        Assert.Equal(line, await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

    private static void Send(Process process, string signal)
    {
        using var kill = Process.Start("sh", ["-c", $"kill -{signal} {process.Id}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
