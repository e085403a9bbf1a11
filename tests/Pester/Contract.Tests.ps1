# What every cmdlet of the module owes its users, in a real PowerShell.

BeforeDiscovery {
    $root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
    Import-Module ([IO.Path]::Combine($root, 'VmSpawn.psd1')) -Force
    $cmdlets = Get-Command -Module VmSpawn | ForEach-Object { @{ Name = $_.Name; Cmdlet = $_ } }
}

BeforeAll {
    $root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
    Import-Module ([IO.Path]::Combine($root, 'VmSpawn.psd1')) -Force
    $changing = 'Add', 'Disable', 'Enable', 'Register', 'Remove', 'Repair', 'Restart', 'Resume', 'Set', 'Start', 'Stop', 'Suspend', 'Unregister'
    # They write files.
    $writing = 'New-VmSshKey', 'Save-VmScreenshot'
}

Describe 'The manifest' -Tag Unit {
    It 'is sound' {
        $manifest = Test-ModuleManifest ([IO.Path]::Combine($root, 'VmSpawn.psd1')) -ErrorAction Stop
        $manifest.PowerShellVersion | Should -BeGreaterOrEqual ([version] '7.6')
        $manifest.CompatiblePSEditions | Should -Be 'Core'
        $manifest.Tags | Should -Contain 'Linux'
        $manifest.LicenseUri | Should -Not -BeNullOrEmpty
    }

    It 'exports cmdlets by name and nothing else' {
        $module = Get-Module VmSpawn
        $module.ExportedCmdlets.Count | Should -BeGreaterThan 5
        $module.ExportedFunctions.Count | Should -Be 0
        $module.ExportedVariables.Count | Should -Be 0
        (Import-PowerShellDataFile ([IO.Path]::Combine($root, 'VmSpawn.psd1'))).CmdletsToExport | Should -Not -Contain '*'
    }

    It 'has about topics that Get-Help finds' {
        (Get-Help about_VmSpawn) -join "`n" | Should -Match 'VMSPAWN_RUNTIME_DIRECTORY'
    }
}

Describe '<Name>' -Tag Unit -ForEach $cmdlets {
    It 'has an approved verb' {
        Get-Verb -Verb $Cmdlet.Verb | Should -Not -BeNullOrEmpty
    }

    It 'has a singular noun with a prefix' {
        $Cmdlet.Noun | Should -Match '^Vm[A-Z]'
        $Cmdlet.Noun | Should -Not -Match '[^s]s$'
    }

    It 'says what it writes' {
        $Cmdlet.OutputType | Should -Not -BeNullOrEmpty
    }

    It 'asks before it changes something' {
        $Cmdlet.Parameters.ContainsKey('WhatIf') | Should -Be ($Cmdlet.Verb -in $changing -or $Cmdlet.Name -in $writing)
    }

    It 'has names as PowerShell has them' {
        $common = [Management.Automation.Cmdlet]::CommonParameters + [Management.Automation.Cmdlet]::OptionalCommonParameters
        foreach ($parameter in $Cmdlet.Parameters.Values | Where-Object Name -notin $common) {
            $parameter.Name | Should -MatchExactly '^[A-Z][A-Za-z0-9]+$'
            if ($parameter.ParameterType.IsArray) { $parameter.Name | Should -Not -Match '[^s]s$' }
        }
    }

    It 'has help with three examples and a description of every parameter' {
        $help = Get-Help $Name -Full
        $help.Synopsis | Should -Not -Match "^\s*$Name"
        @($help.examples.example).Count | Should -BeGreaterOrEqual 3
        foreach ($example in $help.examples.example) { $example.code | Should -Not -BeNullOrEmpty }
        foreach ($parameter in $help.parameters.parameter) {
            $parameter.description.Text | Should -Not -BeNullOrEmpty -Because "-$($parameter.name) needs a description"
            $parameter.defaultValue | Should -Not -BeNullOrEmpty -Because "-$($parameter.name) has a default"
        }
    }
}
