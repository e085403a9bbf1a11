# What users do with Start-VmSpawn before anything runs.

BeforeAll {
    $root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
    Import-Module ([IO.Path]::Combine($root, 'VmSpawn.psd1')) -Force
    $place = [IO.Directory]::CreateTempSubdirectory('vmp-').FullName
    $before = $env:VMSPAWN_RUNTIME_DIRECTORY
    $env:VMSPAWN_RUNTIME_DIRECTORY = [IO.Path]::Combine($place, 'r')
    Push-Location $place
    $image = [IO.Path]::Combine($place, 'disk.raw')
    [IO.File]::WriteAllBytes($image, [byte[]]::new(1MB))
    $hasQemu = [bool] (Get-Command "qemu-system-$(uname -m)" -ErrorAction Ignore)
}

AfterAll {
    Pop-Location
    $env:VMSPAWN_RUNTIME_DIRECTORY = $before
    [IO.Directory]::Delete($place, $true)
}

Describe 'Start-VmSpawn' -Tag Unit {
    It 'refuses <Argument> with <ErrorId>' -ForEach @(
        @{ Argument = '-Ram'; Value = '2x'; ErrorId = 'InvalidRam' }
        @{ Argument = '-Cpus'; Value = 'many'; ErrorId = 'InvalidCpus' }
        @{ Argument = '-Machine'; Value = '-a-'; ErrorId = 'InvalidMachine' }
        @{ Argument = '-Kvm'; Value = 'maybe'; ErrorId = 'InvalidKvm' }
    ) {
        $parameters = @{ Image = $image; $Argument.TrimStart('-') = $Value }
        $failure = { Start-VmSpawn @parameters } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -Be "$ErrorId,VmSpawn.Commands.StartVmSpawnCommand"
        $failure.TargetObject | Should -Be $Value
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'reports an image that is not there, and goes on' {
        $vms = 'nope.raw' | ForEach-Object { [pscustomobject]@{ Image = $_ } } |
            Start-VmSpawn -ErrorVariable failures -ErrorAction SilentlyContinue
        $vms | Should -BeNullOrEmpty
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'ImageNotFound,*'
        $failures[0].TargetObject | Should -Be ([IO.Path]::Combine($place, 'nope.raw'))
    }

    It 'completes paths where paths are expected' {
        $null = [IO.Directory]::CreateDirectory([IO.Path]::Combine($place, 'completed'))
        $line = 'Start-VmSpawn -Directory ./comp'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be './completed'
        $line = 'Start-VmSpawn -ExtraDrive qcow2:./comp'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'qcow2:./completed'
    }

    It 'shows the plan and starts nothing with -WhatIf' {
        if (-not $hasQemu) { Set-ItResult -Skipped -Because 'QEMU is not installed' }
        $script = "Import-Module '$root/VmSpawn.psd1'; Start-VmSpawn -Image '$image' -Firmware bios -Cpus 3 -WhatIf"
        $text = & ([Environment]::ProcessPath) -NoProfile -NonInteractive -Command $script | Out-String
        $text | Should -Match '(?m)^\s+-smp 3 \\$'
        $text | Should -Match ([regex]::Escape($image))
        Get-VmSpawn | Should -BeNullOrEmpty
    }

    It 'makes a plan that says why' {
        if (-not $hasQemu) { Set-ItResult -Skipped -Because 'QEMU is not installed' }
        $plan = New-VmSpawnPlan -Image $image -Firmware bios -Kvm no
        $plan.Accelerator | Should -Be 'tcg'
        $plan.Decisions.Subject | Should -Contain 'accelerator'
        ($plan | ConvertTo-Json -Depth 6 | ConvertFrom-Json).QemuArgv[0] | Should -Be $plan.QemuArgv[0]
        $plan | Format-List | Out-String | Should -Match '-nodefaults'
    }

    It 'takes a command line of systemd-vmspawn' {
        if (-not $hasQemu) { Set-ItResult -Skipped -Because 'QEMU is not installed' }
        $parameters = ConvertFrom-VmSpawnArgument "systemd-vmspawn -i $image --cpus=2 --firmware= --kvm=no quiet"
        (New-VmSpawnPlan @parameters -Firmware bios -WarningAction Ignore -ErrorAction Ignore).Cpus | Should -Be 2
    }
}

Describe 'Get-VmFirmware' -Tag Unit {
    It 'lists descriptors that can be given to a start' {
        $firmware = Get-VmFirmware | Where-Object Selected
        if (-not $firmware) { Set-ItResult -Skipped -Because 'no UEFI firmware is installed' }
        if (-not $hasQemu) { Set-ItResult -Skipped -Because 'QEMU is not installed' }
        ($firmware | New-VmSpawnPlan -Image $image -WarningAction Ignore).Firmware | Should -Be $firmware.Executable
    }

    It 'says why a descriptor is not selected' {
        foreach ($firmware in Get-VmFirmware) { $firmware.Reason | Should -Not -BeNullOrEmpty }
    }
}

Describe 'Get-VmSpawn' -Tag Unit {
    It 'has nothing to say where nothing runs' {
        Get-VmSpawn | Should -BeNullOrEmpty
        Get-VmSpawn 'w*' | Should -BeNullOrEmpty
    }

    It 'misses a VM by its name' {
        { Get-VmSpawn nope -ErrorAction Stop } | Should -Throw -ErrorId 'MachineNotFound,*'
    }
}
