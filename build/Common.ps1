# What all parts of the build use.

function Say([string] $text) {
    [Console]::WriteLine($text)
}

# A path below the repository's root.
function Join-Root([string[]] $path) {
    [IO.Path]::Combine([string[]] (@($root) + $path))
}

# Runs a program and fails with $purpose in the message if the program fails. Its output goes where ours goes.
function Invoke-Program([string] $purpose, [string[]] $command) {
    $program, $arguments = $command
    & $program @arguments
    if ($LASTEXITCODE -ne 0) {
        throw "$purpose failed: '$program' ended with exit code $LASTEXITCODE."
    }
}

# Builds a project or solution; says nothing unless something is wrong. Warnings are errors in this repository.
function Invoke-MSBuild([string] $purpose, [string[]] $path) {
    Invoke-Program $purpose @(
        'dotnet', 'msbuild', (Join-Root $path)
        '-restore', '-p:Configuration=Release', '-nologo', '-verbosity:quiet', '-clp:NoSummary', '-tl:off'
        '-nodeReuse:false', '-p:UseSharedCompilation=false'
    )
}

# The path of the first of these programs that PATH has, also where administrators' programs are; $null if none is there.
function Find-Program([string[]] $names) {
    $directories = @($env:PATH -split ':') + '/usr/local/sbin', '/usr/sbin', '/sbin'
    foreach ($name in $names) {
        foreach ($directory in $directories) {
            $path = [IO.Path]::Combine($directory, $name)
            if ($directory -and [IO.File]::Exists($path)) { return $path }
        }
    }
}

function Get-Architecture {
    switch ([Runtime.InteropServices.RuntimeInformation]::OSArchitecture) {
        'X64' { 'x86_64' }
        'Arm64' { 'aarch64' }
        default { throw "VmSpawn is built for x86_64 and aarch64 hosts; this one is $_." }
    }
}

# A real PowerShell of 7.6 or later, which can do what the small shell cannot: this process, or pwsh on PATH.
function Find-PowerShell {
    if ($Host.Name -eq 'ConsoleHost') { return [Environment]::ProcessPath }
    $pwsh = Find-Program 'pwsh'
    if (-not $pwsh) { return }
    $version = (& $pwsh -NoLogo -NoProfile -Version) -replace '^PowerShell\s+|-.*$', ''
    if ([version] $version -ge [version] '7.6') { return $pwsh }
}

# Why a task that needs a module of a real PowerShell cannot run, or $null if it can.
function Get-PowerShellObstacle([string] $module, [string] $version) {
    $pwsh = Find-PowerShell
    if (-not $pwsh) { return 'there is no PowerShell 7.6 or later on PATH' }
    $query = "[bool] (Get-Module -ListAvailable $module | Where-Object Version -ge ([version] '$version'))"
    $found = & $pwsh -NoLogo -NoProfile -NonInteractive -Command $query
    if ($found -ne 'True') { return "$pwsh has no module $module $version or later" }
}
