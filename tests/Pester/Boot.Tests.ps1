# What users do with VMs, with the tiny guest under emulation.

BeforeDiscovery {
    $root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
    $obstacle =
        if (-not (Get-Command "qemu-system-$(uname -m)" -ErrorAction Ignore)) { 'QEMU is not installed' }
        elseif (-not [IO.File]::Exists("$root/bin/vmspawn-monitor")) { 'the supervisor has not been built' }
    # The gate has installed and built both: there a missing one is a failure. Elsewhere the report names the reason.
    if ($obstacle -and $env:CI) { throw "The boot tests cannot run: $obstacle." }
    $subject = $obstacle ? "A virtual machine (skipped, as $obstacle)" : 'A virtual machine'
}

# Not run only where something is missing outside the gate; its name says what (see above).
Describe $subject -Tag Boot -Skip:([bool] $obstacle) {
    BeforeAll {
        $root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
        Import-Module ([IO.Path]::Combine($root, 'VmSpawn.psd1')) -Force
        $guest = & ([IO.Path]::Combine($root, 'samples', 'tiny-guest', 'make-guest'))
        if ($LASTEXITCODE -ne 0) { throw 'The tiny guest could not be made.' }
        $place = [IO.Directory]::CreateTempSubdirectory('vmp-').FullName
        $before = $env:VMSPAWN_RUNTIME_DIRECTORY
        $env:VMSPAWN_RUNTIME_DIRECTORY = [IO.Path]::Combine($place, 'r')
        $tiny = @{
            Linux    = [IO.Path]::Combine($guest, 'vmlinuz')
            Initrd   = [IO.Path]::Combine($guest, 'initrd.img')
            Ram      = '256M'
            Kvm      = 'no'
            Firmware = 'bios'
            Quiet    = $true
        }

        function Wait-Console([string] $name, [string] $pattern) {
            $until = [datetime]::UtcNow.AddSeconds(90)
            while ([datetime]::UtcNow -lt $until) {
                $vm = Get-VmSpawn $name
                if ((Test-Path $vm.ConsoleLog) -and (Get-Content $vm.ConsoleLog -Raw) -match $pattern) { return }
                Start-Sleep -Milliseconds 200
            }
            throw "The console of '$name' does not say '$pattern': $(Get-Content $vm.ConsoleLog -Tail 20 | Out-String)"
        }
    }

    AfterEach {
        Get-VmSpawn | Stop-VmSpawn -TurnOff
    }

    AfterAll {
        $env:VMSPAWN_RUNTIME_DIRECTORY = $before
        [IO.Directory]::Delete($place, $true)
    }

    It 'starts, ends by itself, and gives its exit status down the pipeline' {
        $status = Start-VmSpawn @tiny -Machine pipe vmspawn.poweroff=1 |
            Wait-VmSpawn -For Exit -Timeout 90s |
            ForEach-Object ExitStatus
        $status | Should -Be 0
        (Get-VmSpawn pipe).State | Should -Be 'Stopped'
        Get-Content (Get-VmSpawn pipe).ConsoleLog -Raw | Should -Match 'vmspawn-guest: ready'
    }

    It 'shows its console and sets $LASTEXITCODE with -Wait' {
        $script = @"
Import-Module '$root/VmSpawn.psd1'
`$vm = Start-VmSpawn -Linux '$($tiny.Linux)' -Initrd '$($tiny.Initrd)' -Ram 256M -Kvm no -Firmware bios -Machine stay -Wait vmspawn.poweroff=1
'status {0}, last exit code {1}' -f `$vm.ExitStatus, `$LASTEXITCODE
"@
        $text = & ([Environment]::ProcessPath) -NoProfile -NonInteractive -Command $script | Out-String
        $text | Should -Match 'vmspawn-guest: ready'
        $text | Should -Match 'status 0, last exit code 0'
    }

    It 'boots its image through UEFI firmware' {
        if (-not (Get-VmFirmware | Where-Object Selected)) { Set-ItResult -Skipped -Because 'no UEFI firmware is installed' }
        $image = [IO.Path]::Combine($place, 'uefi.raw')
        [IO.File]::Copy([IO.Path]::Combine($guest, 'tiny.raw'), $image)
        $vm = Start-VmSpawn -Image $image -Ram 512M -Kvm no -Quiet -WarningAction Ignore vmspawn.poweroff=1
        $vm.Name | Should -Be 'uefi'
        $vm.Firmware | Should -Not -BeNullOrEmpty
        ($vm | Wait-VmSpawn -Timeout 110s).ExitStatus | Should -Be 0
    }

    It 'outlives the shell that started it, and can be stopped from another' {
        $script = @"
Import-Module '$root/VmSpawn.psd1'
`$null = Start-VmSpawn -Linux '$($tiny.Linux)' -Initrd '$($tiny.Initrd)' -Ram 256M -Kvm no -Firmware bios -Machine other
"@
        & ([Environment]::ProcessPath) -NoProfile -NonInteractive -Command $script
        $vm = Get-VmSpawn other
        $vm.State | Should -Be 'Running'
        Wait-Console other 'vmspawn-guest: ready'
        $ended = Stop-VmSpawn other -Timeout 60s -PassThru
        $ended.State | Should -Be 'Stopped'
        $ended.ExitStatus | Should -Be 0
        Get-Process -Id $vm.ProcessId -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'can be turned off, and is not there twice' {
        $vm = Start-VmSpawn @tiny -Machine once
        { Start-VmSpawn @tiny -Machine once -ErrorAction Stop } | Should -Throw -ErrorId 'MachineNameBusy,*'
        $vm | Stop-VmSpawn -TurnOff
        (Get-VmSpawn once).State | Should -Be 'Stopped'
        Get-Process -Id $vm.ProcessId -ErrorAction Ignore | Should -BeNullOrEmpty
        # The supervisor, which has said so, is on its way out.
        Wait-Process -Id $vm.MonitorProcessId -Timeout 5 -ErrorAction Ignore
        Get-Process -Id $vm.MonitorProcessId -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'ends with the pipeline that waits for it' {
        $shell = [powershell]::Create()
        $null = $shell.AddCommand('Import-Module').AddParameter('Name', [IO.Path]::Combine($root, 'VmSpawn.psd1')).Invoke()
        $shell.Commands.Clear()
        $null = $shell.AddCommand('Start-VmSpawn').AddParameters($tiny).AddParameter('Machine', 'held').AddParameter('Wait', $true)
        $running = $shell.BeginInvoke()
        $until = [datetime]::UtcNow.AddSeconds(30)
        while (-not ($vm = Get-VmSpawn held* -State Running) -and [datetime]::UtcNow -lt $until) { [Threading.Thread]::Sleep(50) }
        $vm | Should -Not -BeNullOrEmpty

        $shell.Stop()
        # Stop says that the pipeline has ended, not that the engine has let go of the runspace.
        $running.AsyncWaitHandle.WaitOne(10000) | Should -BeTrue
        $shell.Dispose()

        Get-VmSpawn held* | Should -BeNullOrEmpty
        Get-Process -Id $vm.ProcessId -ErrorAction Ignore | Should -BeNullOrEmpty
        Join-Path $env:VMSPAWN_RUNTIME_DIRECTORY held | Should -Not -Exist
    }

    It 'leaves its image alone with -Ephemeral' {
        $image = [IO.Path]::Combine($guest, 'tiny.raw')
        $before = (Get-FileHash $image).Hash
        $vm = Start-VmSpawn @tiny -Image $image -Ephemeral -Machine scratch root=none vmspawn.poweroff=1 | Wait-VmSpawn -Timeout 90s
        $vm.ExitStatus | Should -Be 0
        (Get-FileHash $image).Hash | Should -Be $before
    }

    It 'fails with the words of QEMU and leaves nothing' {
        $failure = { Start-VmSpawn @tiny -Machine broken -QemuArgument '-device', 'no-such-device' -ErrorAction Stop } |
            Should -Throw -ErrorId 'QemuExited,*' -PassThru
        "$failure" | Should -Match 'no-such-device'
        Get-VmSpawn broken -ErrorAction Ignore | Should -BeNullOrEmpty
        Join-Path $env:VMSPAWN_RUNTIME_DIRECTORY broken | Should -Not -Exist
    }

    It 'is shown in a table, a list and JSON' {
        $null = Start-VmSpawn @tiny -Machine shown
        $vm = Get-VmSpawn shown
        $vm | Format-Table | Out-String -Width 80 | Should -Match 'shown\s+Running\s+no\s+1\s+256M'
        $vm | Format-List | Out-String | Should -Match 'MonitorProcessId'
        ($vm | ConvertTo-Json | ConvertFrom-Json).State | Should -Be 'Running'
        ($vm | ConvertTo-CliXml | ConvertFrom-CliXml | Stop-VmSpawn -TurnOff -PassThru).State | Should -Be 'Stopped'
    }
}
