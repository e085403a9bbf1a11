# Installs what is missing. Asks nothing and contacts nothing where nothing is missing.

$groupPurpose = @{ Build = 'to build'; Run = 'to run VMs'; Guest = 'to make the guest'; Test = 'for the tests' }

function Install-Requirement([string[]] $groups) {
    if (-not (Find-Program 'dotnet')) {
        throw "There is no 'dotnet' on PATH: VmSpawn is built with the .NET 10 SDK. './pwshw' says how to install it."
    }

    $distribution = Get-Distribution
    $missing = @(Get-Missing $groups $distribution)
    if (-not $missing) { return }

    Say 'Missing on this machine:'
    foreach ($requirement in $missing) {
        $package = $distribution.Family ? $requirement[$distribution.Family] : '?'
        Say ('  {0,-24} {1}: {2}, which {3}' -f $package, $groupPurpose[$requirement.Group], $requirement.Name, $requirement.Why)
    }

    if (-not $distribution.Family) {
        throw "'$($distribution.Name)' is not of the Debian, Fedora or Arch family: install these by hand."
    }

    $packages = [string[]] ($missing | ForEach-Object { $_[$distribution.Family] })
    $packages = [Linq.Enumerable]::ToArray([Linq.Enumerable]::Distinct($packages))
    $install = Get-InstallCommand $distribution.Family
    if (-not $PSCmdlet.ShouldProcess($packages -join ' ', ($install -join ' '))) { return }

    Install-Package $distribution.Family $install $packages
    $left = @(Get-Missing $groups $distribution)
    if ($left) {
        $names = ($left | ForEach-Object Name) -join ', '
        throw "After the installation these are still missing: $names. Is the package's program in PATH?"
    }
}

function Get-Missing([string[]] $groups, $distribution) {
    foreach ($requirement in Get-Requirement) {
        $isNeeded = -not $distribution.Family -or $requirement[$distribution.Family]
        if ($requirement.Group -in $groups -and $isNeeded -and -not (Test-Requirement $requirement)) {
            $requirement['Ubuntu'] ??= $requirement['Debian']
            $requirement
        }
    }
}

# Family and name of this distribution, from os-release(5).
function Get-Distribution {
    $facts = @{ ID = ''; ID_LIKE = ''; PRETTY_NAME = 'this distribution' }
    if ([IO.File]::Exists('/etc/os-release')) {
        foreach ($line in [IO.File]::ReadAllLines('/etc/os-release')) {
            if ($line -match '^(?<key>[A-Z_]+)=["'']?(?<value>[^"'']*)') { $facts[$Matches.key] = $Matches.value }
        }
    }

    $family = switch (@($facts.ID) + -split $facts.ID_LIKE) {
        'ubuntu' { 'Ubuntu'; break }
        'debian' { 'Debian'; break }
        { $_ -in 'fedora', 'rhel', 'centos' } { 'Fedora'; break }
        { $_ -in 'arch', 'archarm' } { 'Arch'; break }
    }
    @{ Family = $family; Name = $facts.PRETTY_NAME }
}

function Get-InstallCommand([string] $family) {
    $command = switch ($family) {
        'Fedora' { 'dnf', 'install', '--assumeyes', '--setopt=install_weak_deps=False' }
        'Arch' { 'pacman', '-S', '--needed', '--noconfirm' }
        default { 'apt-get', 'install', '--yes', '--quiet', '--no-install-recommends' }
    }
    @(Get-Elevation) + $command
}

# Words before a command that needs root: none for root.
function Get-Elevation {
    if ([Environment]::IsPrivilegedProcess) { return }
    if (-not (Find-Program 'sudo')) { throw 'Installing packages needs root, and there is no sudo: run Setup as root.' }
    'sudo'
}

function Install-Package([string] $family, [string[]] $install, [string[]] $packages) {
    $env:DEBIAN_FRONTEND = 'noninteractive'
    $command = $install + $packages
    Say "Runs: $($command -join ' ')"
    if ($family -in 'Debian', 'Ubuntu') {
        $program, $arguments = $command
        & $program @arguments
        if ($LASTEXITCODE -eq 0) { return }
        Say 'Fetches the package lists, which may be missing or old, and tries again.'
        Invoke-Program 'Fetching the package lists' (@(Get-Elevation) + 'apt-get', 'update', '--quiet')
    }
    Invoke-Program 'The installation' $command
}
