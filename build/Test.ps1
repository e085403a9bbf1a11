# Everything that can be tested here, one runner after the other: two VMs at once would only make each other late.

# A runner that takes longer hangs.
$runnerMinutes = 40

function Invoke-Test([string[]] $projects, [string[]] $classes) {
    $projects = Split-List $projects
    $isFiltered = $projects -or $classes
    try {
        Build-Solution
        Build-Module
        Add-Result 'build without warnings' 1 0
    }
    catch {
        Say "$_"
        Add-Result 'build without warnings' 0 1
        return
    }

    if (-not $isFiltered) { Test-Formatting }
    foreach ($name in Get-TestProject $projects) { Invoke-TestProject $name (Split-List $classes) }
    if (-not $isFiltered -or 'Conformance' -in $projects) { Start-Conformance }
    if (-not $isFiltered -or 'Pester' -in $projects) { Invoke-PesterTest }
}

# On a command line 'a,b' is one word.
function Split-List([string[]] $words) {
    foreach ($word in $words) { $word -split ',' | Where-Object { $_ } }
}

# Projects by name; those that boot VMs come last.
function Get-TestProject([string[]] $words) {
    $names = [IO.Directory]::GetDirectories((Join-Root 'tests'), '*.Tests') |
        ForEach-Object { [IO.Path]::GetFileName($_) }
    $known = @($names | ForEach-Object { $_ -split '\.' }) + 'Conformance', 'Pester'
    foreach ($word in $words) {
        if ($word -notin $known) { throw "There is no test project '$word'; there are: $($names -join ', '), Conformance, Pester." }
    }
    $names = [string[]] ($names | Where-Object {
            $segments = $_ -split '\.'
            -not $words -or ($words | Where-Object { $_ -in $segments })
        })
    if (-not $names) { return }
    [Array]::Sort($names, [StringComparer]::Ordinal)
    $names -notlike '*Boot*'
    $names -like '*Boot*'
}

function Invoke-TestProject([string] $name, [string[]] $classes) {
    Say "$name ..."
    $program = Join-Root 'tests', $name, 'bin', 'Release', 'net10.0', $name
    $report = [IO.Path]::Combine($artifacts, 'tests', "$name.xml")
    $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($report))
    [IO.File]::Delete($report)
    $options = @('-result-xml', $report, '-noLogo', '-noColor')
    foreach ($class in $classes) { $options += '-class', $class }

    $watch = [Diagnostics.Stopwatch]::StartNew()
    & timeout --foreground --kill-after=30 "${runnerMinutes}m" $program @options | ForEach-Object { Say "  $_" }
    $code = $LASTEXITCODE
    $seconds = [int] $watch.Elapsed.TotalSeconds
    if (-not [IO.File]::Exists($report)) {
        Say "  It ended with exit code $code and without results."
        Add-Result $name 0 1 -seconds $seconds
        return
    }

    $assembly = ([xml] [IO.File]::ReadAllText($report)).assemblies.assembly
    $failed = [int] $assembly.failed + [int] $assembly.errors
    $ran = [int] $assembly.total
    if ($failed -eq 0 -and ($code -ne 0 -or ($ran -eq 0 -and -not $classes))) {
        Say "  It ended with exit code $code after $ran tests."
        $failed = 1
    }
    $skips = foreach ($test in $assembly.SelectNodes(".//test[@result='Skip']")) {
        "$($test.name): $($test.SelectSingleNode('reason').InnerText)"
    }
    Add-Result $name ([int] $assembly.passed) $failed $skips $seconds
}

function Test-Formatting {
    Say 'Formatting ...'
    Invoke-Program 'Fetching the formatter' 'dotnet', 'tool', 'restore', '--verbosity', 'quiet'
    $folders = 'src', 'tests', 'benchmarks' | ForEach-Object { Join-Root $_ }
    & dotnet csharpier check @folders
    $passed = $LASTEXITCODE -eq 0
    if (-not $passed) { Say "  'dotnet csharpier format src tests benchmarks' formats them." }
    Add-Result 'formatting' ([int] $passed) ([int] -not $passed)
}

function Invoke-Conformance {
    Invoke-MSBuild 'The build of the conformance runner' 'tests', 'VmSpawn.Conformance'
    Start-Conformance
}

function Start-Conformance {
    Say 'Conformance ...'
    $program = Join-Root 'tests', 'VmSpawn.Conformance', 'bin', 'Release', 'net10.0', 'VmSpawn.Conformance'
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $closing = $null
    & timeout --foreground --kill-after=30 "${runnerMinutes}m" $program | ForEach-Object {
        # The runner's own closing line is not the last word.
        if ($_ -match '^\d+ passed, \d+ failed') { $closing = $_ } else { Say "  $_" }
    }
    $code = $LASTEXITCODE
    $seconds = [int] $watch.Elapsed.TotalSeconds
    if ($closing -notmatch '^(?<passed>\d+) passed, (?<failed>\d+) failed') {
        Say "  It ended with exit code $code and without results."
        Add-Result 'conformance' 0 1 -seconds $seconds
        return
    }

    $passed = [int] $Matches.passed
    $failed = [int] $Matches.failed
    if ($failed -eq 0 -and $code -ne 0) { $failed = 1 }
    $skips = $passed + $failed -eq 0 ? 'conformance: there are no recorded cases here' : @()
    Add-Result 'conformance' $passed $failed $skips $seconds
}

function Invoke-PesterTest {
    $folder = Join-Root 'tests', 'Pester'
    if (-not [IO.Directory]::Exists($folder)) { return }
    $obstacle = Get-PowerShellObstacle 'Pester' '5.0'
    if ($obstacle) {
        Add-Result 'Pester' 0 0 "tests/Pester: $obstacle"
        return
    }

    Say 'Pester ...'
    $report = [IO.Path]::Combine($artifacts, 'tests', 'Pester.txt')
    [IO.File]::Delete($report)
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $script = Join-Root 'build', 'Invoke-Pester.ps1'
    & timeout --foreground --kill-after=30 "${runnerMinutes}m" (Find-PowerShell) -NoLogo -NoProfile -NonInteractive -File $script $folder $report
    $seconds = [int] $watch.Elapsed.TotalSeconds
    if (-not [IO.File]::Exists($report)) {
        Say '  It ended without results.'
        Add-Result 'Pester' 0 1 -seconds $seconds
        return
    }
    $passed, $failed, $skips = [IO.File]::ReadAllLines($report)
    if ([int] $passed + [int] $failed + @($skips).Count -eq 0) { $failed = 1 }
    Add-Result 'Pester' $passed $failed $skips $seconds
}
