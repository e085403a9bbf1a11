<#
.SYNOPSIS
Boots the tiny guest from its disk image through UEFI firmware, shows its console, and ends with the VM and its exit status.

.DESCRIPTION
Makes the guest first if it has not been made. Needs no root, no KVM and, from the second time on, no network.
Leaves nothing behind but the guest itself, in artifacts/guests.
Only what PowerShell's core brings along is used, so that it runs where no module of PowerShell's own is installed.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$root = [IO.Path]::GetDirectoryName($PSScriptRoot)
Import-Module ([IO.Path]::Combine($root, 'VmSpawn.psd1'))

$guest = & ([IO.Path]::Combine($PSScriptRoot, 'tiny-guest', 'make-guest'))
if ($LASTEXITCODE -ne 0) {
    throw "The tiny guest could not be made. './pwshw build.ps1 Setup' installs what that needs."
}

# A place of its own, so that nothing meets the user's other machines and all of it can go at the end.
$place = [IO.Directory]::CreateTempSubdirectory('vmdemo-').FullName
$before = $env:VMSPAWN_RUNTIME_DIRECTORY
$env:VMSPAWN_RUNTIME_DIRECTORY = $place
try {
    # A name that starts with a dot cannot be a machine's.
    $files = [IO.Directory]::CreateDirectory([IO.Path]::Combine($place, '.files')).FullName
    $image = [IO.Path]::Combine($files, 'tiny.raw')
    [IO.File]::Copy([IO.Path]::Combine($guest, 'tiny.raw'), $image)

    'PS> Start-VmSpawn -Image tiny.raw -Machine tiny -Ram 512MB -Wait vmspawn.poweroff=1'
    $vm = Start-VmSpawn -Image $image -Machine tiny -Ram 512MB -Wait vmspawn.poweroff=1
    $vm
    "ExitStatus: $($vm.ExitStatus)"
}
finally {
    Get-VmSpawn | Where-Object State -NotIn Stopped, Failed | Stop-VmSpawn -TurnOff
    $env:VMSPAWN_RUNTIME_DIRECTORY = $before
    [IO.Directory]::Delete($place, $true)
}

if ($vm.ExitStatus -ne 0) {
    throw "The VM did not end as it should: $($vm.Failure)"
}
