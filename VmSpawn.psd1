@{
    RootModule           = 'bin/VmSpawn.PowerShell.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '5b0f3f5e-6f0e-4d7e-9a1c-2b6e0f2c7d41'
    Author               = 'The VmSpawn authors'
    CompanyName          = 'The VmSpawn authors'
    Copyright            = '(c) The VmSpawn authors. MIT licence.'
    Description          = 'Boots operating systems in virtual machines on Linux hosts: everything systemd-vmspawn does, as cmdlets that emit objects.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('bin/Formats/VmSpawn.Format.ps1xml')
    TypesToProcess       = @('bin/Formats/VmSpawn.Types.ps1xml')
    FunctionsToExport    = @()
    CmdletsToExport      = @(
        'Connect-VmSpawn'
        'ConvertFrom-VmSpawnArgument'
        'ConvertTo-VmSpawnArgument'
        'Get-VmBootEntry'
        'Get-VmFirmware'
        'Get-VmJournal'
        'Get-VmSpawn'
        'Get-VmSpawnService'
        'Get-VmSpawnSshConfig'
        'Get-VmSshKey'
        'New-VmCredential'
        'New-VmMount'
        'New-VmSpawnPlan'
        'New-VmSshKey'
        'Receive-VmConsole'
        'Register-VmSpawnService'
        'Save-VmScreenshot'
        'Send-VmConsole'
        'Send-VmKey'
        'Start-VmSpawn'
        'Stop-VmSpawn'
        'Unregister-VmSpawnService'
        'Wait-VmConsole'
        'Wait-VmSpawn'
    )
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags       = @('qemu', 'kvm', 'vm', 'virtualization', 'systemd', 'vmspawn', 'Linux', 'PSEdition_Core')
            LicenseUri = 'https://opensource.org/license/mit'
        }
    }
}
