namespace VmSpawn.Shell.Tests.Session;

public sealed class StreamTests
{
    private const string AllStreams = """
        function Write-All {
            [CmdletBinding(SupportsShouldProcess)] param()
            $null = $PSCmdlet.ShouldProcess('target', 'action')
            $PSCmdlet.WriteVerbose('v'); $PSCmdlet.WriteWarning('w'); $PSCmdlet.WriteDebug('d')
            $progress = [System.Management.Automation.ProgressRecord]::new(1, 'activity', 'status')
            $PSCmdlet.WriteProgress($progress)
            $problem = [System.Management.Automation.ErrorRecord]::new([Exception]::new('e'), 'Id', 'NotSpecified', $null)
            $PSCmdlet.WriteError($problem)
            'o'
        }
        $DebugPreference = 'Continue'
        Write-All -WhatIf -Verbose
        """;

    [Fact]
    public async Task Only_errors_go_to_standard_error_and_progress_goes_nowhere_without_a_terminal()
    {
        var run = await ShellRun.Command(AllStreams);
        Assert.StartsWith("Write-All: ", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("| e\n", run.Error, StringComparison.Ordinal);
        string[] expected =
        [
            "What if: Performing the operation \"action\" on target \"target\".",
            "VERBOSE: v",
            "WARNING: w",
            "DEBUG: d",
            "o",
        ];
        Assert.Equal(expected, run.Lines);
    }

    [Fact]
    public async Task No_escape_sequence_reaches_a_file()
    {
        var run = await ShellRun.Command(
            "Get-Command Out-Default; Get-NoSuchThing; Write-Host -ForegroundColor Red red"
        );
        Assert.DoesNotContain('\e', run.Output + run.Error);
        Assert.Contains("red", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_shows_the_line_of_the_script()
    {
        var run = await ShellRun.Script("'one'\nthrow 'too bad'", []);
        Assert.Contains("script.ps1:2", run.Error, StringComparison.Ordinal);
        Assert.Contains("throw 'too bad'", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("too bad\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Objects_are_shown_in_their_default_view()
    {
        var run = await ShellRun.Command("Get-Command Out-Default");
        Assert.Matches(@"CommandType\s+Name\s+Version\s+Source\n-+\s+-+", run.Output);
    }

    [Fact]
    public async Task A_well_known_command_that_is_missing_is_explained_once()
    {
        var run = await ShellRun.Command("try { Select-Object } catch { 'caught' }; ft");
        Assert.Contains("Select-Object comes with PowerShell itself", run.Error, StringComparison.Ordinal);
        Assert.Contains("Format-Table comes with PowerShell itself", run.Error, StringComparison.Ordinal);
        Assert.Equal(["caught"], run.Lines);
    }

    [Fact]
    public async Task Telemetry_is_off_before_the_engine_loads() =>
        Assert.Equal(
            ["1", "Off"],
            (await ShellRun.Command("$env:POWERSHELL_TELEMETRY_OPTOUT; $env:POWERSHELL_UPDATECHECK")).Lines
        );

    [Fact]
    public async Task The_location_can_be_changed_and_programs_see_it() =>
        Assert.Equal(["/usr", "/usr"], (await ShellRun.Command("cd /usr; $PWD.Path; /bin/pwd")).Lines);
}
