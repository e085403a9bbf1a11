namespace VmSpawn.Shell.Tests.Terminal;

public sealed class TerminalTests
{
    [Fact]
    public async Task The_prompt_runs_commands_of_several_lines_until_exit()
    {
        await using var terminal = await TmuxTerminal.Start("-WorkingDirectory", "/usr");
        await terminal.Shows("PS /usr>");
        await terminal.Type("function twice($n) {", "Enter");
        await terminal.Shows(">>");
        await terminal.Type("2 * $n }", "Enter", "twice 21", "Enter");
        await terminal.Shows("\n42\n");
        await terminal.Type("exit 7", "Enter");
        await terminal.Shows("code 7");
    }

    [Fact]
    public async Task Ctrl_c_stops_a_command_and_gives_the_prompt_back()
    {
        await using var terminal = await TmuxTerminal.Start();
        await terminal.Shows("PS /");
        await terminal.Type(
            "try { while (1) { 'going'; [Threading.Thread]::Sleep(99) } } finally { 'end'+'ed' }",
            "Enter"
        );
        await terminal.Shows("\ngoing\n");
        await terminal.Type("C-c");
        await terminal.Shows(">");
        await terminal.Type("'still'+'here'", "Enter");
        await terminal.Shows("stillhere");
    }

    [Fact]
    public async Task Ctrl_c_stops_a_script_and_the_program_it_runs()
    {
        // The terminal signals the program and the shell at once: the script may be a step further when it is stopped.
        await using var terminal = await TmuxTerminal.Start(
            "-Command",
            "sh -c 'echo started; exec sleep 300'; [Threading.Thread]::Sleep(3000); 'not reached'"
        );
        await terminal.Shows("started");
        await terminal.Type("C-c");
        Assert.DoesNotContain("not reached", await terminal.Shows("code 130"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_c_at_a_question_stops_the_command()
    {
        await using var terminal = await TmuxTerminal.Start(
            "-Command",
            "'asks'; $null = $Host.UI.ReadLine(); 'not reached'"
        );
        await terminal.Shows("asks");
        await terminal.Type("x", "C-c");
        Assert.DoesNotContain("not reached", await terminal.Shows("code 130"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_d_leaves_the_prompt()
    {
        await using var terminal = await TmuxTerminal.Start();
        await terminal.Shows("PS /");
        await terminal.Type("C-d");
        await terminal.Shows("code 0");
    }

    [Fact]
    public async Task Tab_completes_and_the_arrow_recalls()
    {
        await using var terminal = await TmuxTerminal.Start("-WorkingDirectory", "/usr");
        await terminal.Shows("PS /");
        await terminal.Type("Get-Comm", "Tab");
        await terminal.Shows("Get-Command");
        await terminal.Type("C-u", "cd /usr/sha", "Tab");
        await terminal.Shows("/usr/share/");
        await terminal.Type("Enter");
        await terminal.Shows("PS /usr/share");
        await terminal.Type("Up", "Left", "BSpace", "Enter");
        await terminal.Shows("/usr/shar/");
    }

    [Fact]
    public async Task A_password_is_not_shown()
    {
        await using var terminal = await TmuxTerminal.Start(
            "-Command",
            "$c = $Host.UI.PromptForCredential('Caption', '', 'me', ''); 'length ' + $c.Password.Length"
        );
        await terminal.Shows("Password for user me:");
        await terminal.Type("secret", "Enter");
        var screen = await terminal.Shows("length 6");
        Assert.Contains("******", screen, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_is_drawn_below_the_output_and_gone_at_the_end()
    {
        const string Script = """
            [CmdletBinding()] param()
            function Wait-File($name) { while (-not [IO.File]::Exists("$PSScriptRoot/$name")) { [Threading.Thread]::Sleep(20) } }
            $progress = [System.Management.Automation.ProgressRecord]::new(1, 'Booting', 'firmware')
            $progress.PercentComplete = 50
            $PSCmdlet.WriteProgress($progress)
            'output'
            Wait-File one
            [Console]::WriteLine('past the host')
            Wait-File two
            """;
        using var file = new ScriptFile(Script);
        await using var terminal = await TmuxTerminal.Start(file.Path);
        await terminal.Shows("output\nBooting [##########          ]  50 % firmware");
        file.AddNeighbour("one");
        await terminal.Shows("output\npast the host\nBooting [");
        file.AddNeighbour("two");
        await terminal.Shows("code 0");
        await terminal.NoLongerShows("Booting");
    }
}
