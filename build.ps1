#!/usr/bin/env -S pwsh -NoProfile
<#
.SYNOPSIS
Builds, shows, tests and packs VmSpawn.

.DESCRIPTION
    ./pwshw build.ps1 TASK...

Setup        installs what is missing, after saying what and why; -WhatIf only says it
Build        builds everything; the module can then be imported in place: Import-Module ./VmSpawn.psd1
Demo         boots a small guest and shows it
Test         runs every test that can run here
Conformance  compares with recorded runs of systemd-vmspawn
Benchmark    measures against QEMU started by hand; plans and firmware discovery against PowerShell and a JSON parser
Docs         makes the help that Get-Help shows from docs/cmdlets
Pack         makes the module folder and the package in artifacts/
Clean        removes what was built; downloads stay

Each task does what it depends on first. Runs in PowerShell 7.6 and in the small shell of this repository, so it keeps to
what the engine itself has: files, for example, are the runtime's business.

.EXAMPLE
./pwshw build.ps1 Test -Project Engine -Class '*Planner*'
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Position = 0, ValueFromRemainingArguments)]
    [ValidateSet('Setup', 'Build', 'Demo', 'Test', 'Conformance', 'Benchmark', 'Docs', 'Pack', 'Clean')]
    [string[]] $Task = 'Build',

    # Test: only these test projects, by the middle word of their names; also Conformance and Pester.
    [string[]] $Project,

    # Test: only test classes that match one of these patterns, as the runner's option -class takes them.
    [string[]] $Class
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false

# None of these may phone home, and no build server may outlive the build.
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_NOLOGO = '1'
$env:DOTNET_CLI_USE_MSBUILD_SERVER = '0'
$env:MSBUILDDISABLENODEREUSE = '1'

$parts = 'Common', 'Requirements', 'Setup', 'Build', 'Results', 'Test', 'Docs', 'Pack', 'Clean'
foreach ($part in $parts) {
    . ([IO.Path]::Combine($PSScriptRoot, 'build', "$part.ps1"))
}

$root = $PSScriptRoot
$artifacts = [IO.Path]::Combine($root, 'artifacts')
$done = @{}

# Each task once, whatever asks for it.
function Invoke-Task([string] $name) {
    if ($done[$name]) { return }
    $done[$name] = $true
    $started = [Diagnostics.Stopwatch]::StartNew()
    switch ($name) {
        'Setup' { Install-Requirement 'Build', 'Run', 'Guest', 'Test' }
        'Build' { Install-Requirement 'Build'; Build-Solution; Build-Module }
        'Demo' { Install-Requirement 'Build', 'Run', 'Guest'; Build-Module; Invoke-Demo }
        'Test' { Install-Requirement 'Build', 'Run', 'Guest', 'Test'; Invoke-Test $Project $Class }
        'Conformance' { Install-Requirement 'Test'; Invoke-Conformance }
        'Benchmark' { Install-Requirement 'Build', 'Run', 'Guest'; Build-Module; Invoke-Benchmark }
        'Docs' { Invoke-Task 'Build'; Build-Help }
        'Pack' { Invoke-Task 'Build'; Build-Package }
        'Clean' { Remove-Build }
    }
    if ($started.Elapsed.TotalSeconds -ge 1) { Say "$name took $([int] $started.Elapsed.TotalSeconds) s." }
}

foreach ($name in $Task) {
    if ($name -eq 'Setup' -or $PSCmdlet.ShouldProcess($root, $name)) {
        Invoke-Task $name
    }
}

if ($results.Count -gt 0 -and -not (Complete-Result)) { exit 1 }
