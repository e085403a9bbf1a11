# Runs in a real PowerShell: writes the numbers of passed and failed tests, and the skipped ones, one a line.
param([string] $Folder, [string] $Report)

$ErrorActionPreference = 'Stop'
Import-Module Pester -MinimumVersion 5.0
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Folder
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.RenderMode = 'Plaintext'
$result = Invoke-Pester -Configuration $configuration

# A file that could not be read or set up is a failure without a test.
$failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
$skips = $result.Tests | Where-Object Result -in 'Skipped', 'Inconclusive', 'NotRun' | ForEach-Object {
    "$($_.ExpandedPath): $($_.ErrorRecord ? $_.ErrorRecord[0].Exception.Message : 'skipped by its condition')"
}
[IO.File]::WriteAllLines($Report, [string[]] (@("$($result.PassedCount)", "$failed") + $skips))
