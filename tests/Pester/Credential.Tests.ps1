# Credentials as users give them, with the tiny guest under emulation: what arrives, and that nothing shows a secret.

BeforeDiscovery {
    $root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
    $obstacle =
        if (-not (Get-Command "qemu-system-$(uname -m)" -ErrorAction Ignore)) { 'QEMU is not installed' }
        elseif (-not [IO.File]::Exists("$root/bin/vmspawn-monitor")) { 'the supervisor has not been built' }
    # The gate has installed and built both: there a missing one is a failure. Elsewhere the report names the reason.
    if ($obstacle -and $env:CI) { throw "The boot tests cannot run: $obstacle." }
    $subject = $obstacle ? "Credentials (skipped, as $obstacle)" : 'Credentials'
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
        }

        function New-Secret([string] $text) {
            $secret = [securestring]::new()
            $text.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }
            $secret
        }

        function Get-Hash([byte[]] $bytes) {
            [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData($bytes)).ToLowerInvariant()
        }

        # Every text file in which a secret could be found, with what is in it.
        function Find-Text([string[]] $paths, [string[]] $forms) {
            foreach ($path in $paths) {
                # Processes end meanwhile, and .NET cannot open the empty file whose lock is the name's.
                try { $text = [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes($path)) } catch { continue }
                foreach ($form in $forms) { if ($text.Contains($form)) { $path } }
            }
        }
    }

    AfterEach {
        Get-VmSpawn | Stop-VmSpawn -TurnOff
    }

    AfterAll {
        $env:VMSPAWN_RUNTIME_DIRECTORY = $before
        [IO.Directory]::Delete($place, $true)
    }

    It 'arrive byte for byte, whatever they are made of' {
        $file = [IO.Path]::Combine($place, 'app.file')
        $bytes = [byte[]] (0..255)
        [IO.File]::WriteAllBytes($file, $bytes)
        $utf8 = [Text.UTF8Encoding]::new($false)
        $sent = @(
            New-VmCredential app.value -Value "a`nü"
            New-VmCredential app.escaped -Value 'a\x00\xff' -Escaped
            New-VmCredential app.bytes -Bytes $bytes
            Get-Item $file | New-VmCredential
            New-VmCredential app.secure -SecureValue (New-Secret 'sécret')
            New-VmCredential -Hostname web1
        )

        $vm = $sent | Start-VmSpawn @tiny -Quiet -Machine arrive -SetCredential 'app.set:x\n' -LoadCredential "app.load:$file" -Wait vmspawn.poweroff

        $console = Get-Content $vm.ConsoleLog -Raw
        $expected = @{
            'app.value'       = $utf8.GetBytes("a`nü")
            'app.escaped'     = [byte[]] (97, 0, 255)
            'app.bytes'       = $bytes
            'app.file'        = $bytes
            'app.secure'      = $utf8.GetBytes('sécret')
            'system.hostname' = $utf8.GetBytes('web1')
            'app.set'         = $utf8.GetBytes("x`n")
            'app.load'        = $bytes
        }
        foreach ($name in $expected.Keys) {
            $content = $expected[$name]
            $console | Should -Match ([regex]::Escape("credential $name bytes=$($content.Count) sha256=$(Get-Hash $content)"))
        }
    }

    It 'are in no stream, transcript, object, process or file but their own' {
        $canary = 'canary' + [guid]::NewGuid().ToString('N')
        $forms = $canary, [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($canary))
        $file = [IO.Path]::Combine($place, 'canary.file')
        [IO.File]::WriteAllText($file, $canary)
        $transcript = [IO.Path]::Combine($place, 'transcript.txt')
        $null = Start-Transcript -Path $transcript
        try {
            $shown = & {
                $made = @(
                    New-VmCredential a -Value $canary -Verbose -Debug
                    New-VmCredential b -SecureValue (New-Secret $canary) -Verbose -Debug
                    New-VmCredential -RootPassword (New-Secret $canary) -Verbose -Debug
                    New-VmCredential -RootPassword ([pscredential]::new('root', (New-Secret $canary))) -Verbose -Debug
                    Get-Item $file | New-VmCredential -Verbose -Debug
                )
                $made | Out-String
                $made | Format-List * -Force | Out-String
                $made | Get-Member -Force | Out-String
                $made | ConvertTo-Json -Depth 10
                $made | ConvertTo-Csv
                $made | ForEach-Object { "$_" }
                $made | Export-Clixml ([IO.Path]::Combine($place, 'made.xml'))
                $credentials = @{ Credential = $made[0, 1, 2, 4]; SetCredential = "c:$canary"; LoadCredential = "d:$file" }
                $plan = New-VmSpawnPlan @tiny @credentials -Machine canary -Verbose -Debug
                $plan | Out-String
                $plan | Format-List * -Force | Out-String
                $plan | ConvertTo-Json -Depth 10 -WarningAction Ignore
                $plan | Export-Clixml ([IO.Path]::Combine($place, 'plan.xml'))
                $plan.ToShellString()
                Start-VmSpawn -Plan $plan -WhatIf -Verbose -Debug
                $vm = Start-VmSpawn @tiny -Quiet @credentials -Machine canary -Verbose -Debug vmspawn.deaf
                $vm | Format-List * -Force | Out-String
                $vm | ConvertTo-Json -Depth 10 -WarningAction Ignore
                foreach ($bad in
                    { New-VmCredential a -Value "$canary\x" -Escaped },
                    { New-VmCredential a -Bytes $canary },
                    { New-VmCredential a -SecureValue $canary },
                    { New-VmCredential -RootPassword $canary },
                    { New-VmCredential -SshAuthorizedKey $canary },
                    { New-VmSpawnPlan @tiny -SetCredential $canary },
                    { New-VmSpawnPlan @tiny -SetCredential "a:$canary\x" },
                    { New-VmSpawnPlan @tiny -Credential $canary },
                    { New-VmSpawnPlan @tiny -Credential $made[0], $made[0] },
                    { Start-VmSpawn @tiny -Quiet @credentials -Machine failed -QemuArgument '-device', 'none-such' }) {
                    try {
                        & $bad
                        throw "No error: $bad"
                    }
                    catch {
                        # All but the place in the script, which shows the line that the user wrote.
                        "$_"
                        $_.Exception | Format-List * -Force | Out-String
                        $_.ErrorDetails | Format-List * -Force | Out-String
                        "$($_.FullyQualifiedErrorId) $($_.TargetObject) $($_.CategoryInfo)"
                    }
                }
            } *>&1 | Out-String -Width 1000
        }
        finally {
            $null = Stop-Transcript
        }

        $shown | Should -Match 'canary.file'
        $shown | Should -Not -Match 'No error'
        foreach ($form in $forms) { $shown.Contains($form) | Should -BeFalse }
        $outside = 'transcript.txt', 'made.xml', 'plan.xml' | ForEach-Object { [IO.Path]::Combine($place, $_) }
        Find-Text $outside $forms | Should -BeNullOrEmpty

        $run = [IO.Path]::Combine($env:VMSPAWN_RUNTIME_DIRECTORY, 'canary')
        $own = [IO.Directory]::GetFiles($run, 'credential-*')
        Find-Text $own $forms | Should -HaveCount 5
        foreach ($path in $own) { [IO.File]::GetUnixFileMode($path) | Should -Be 'UserWrite, UserRead' }
        $others = [IO.Directory]::GetFiles($env:VMSPAWN_RUNTIME_DIRECTORY, '*', 'AllDirectories') |
            Where-Object { $_ -notin $own -and $_ -notlike '*.sock' }
        $others | Should -Not -BeNullOrEmpty
        Find-Text $others $forms | Should -BeNullOrEmpty
        $processes = [IO.Directory]::GetDirectories('/proc') | Where-Object { $_ -match '^/proc/\d+$' }
        Find-Text ($processes | ForEach-Object { "$_/cmdline"; "$_/environ" }) $forms | Should -BeNullOrEmpty

        Get-VmSpawn canary | Stop-VmSpawn -TurnOff
        Find-Text ([IO.Directory]::GetFiles($env:VMSPAWN_RUNTIME_DIRECTORY, '*', 'AllDirectories') |
                Where-Object { $_ -notlike '*.sock' }) $forms | Should -BeNullOrEmpty
    }

    It 'are refused as what they are not, with the remedy' {
        $login = [pscredential]::new('root', (New-Secret 'x'))
        { New-VmSpawnPlan @tiny -Credential $login } |
            Should -Throw -ErrorId 'PowerShellCredential,*' -PassThru |
            ForEach-Object { $_.ErrorDetails.RecommendedAction } | Should -Match 'New-VmCredential -RootPassword'
        $copy = New-VmCredential a -Value b | ConvertTo-Json | ConvertFrom-Json
        { New-VmSpawnPlan @tiny -Credential $copy } | Should -Throw -ErrorId 'InvalidCredential,*'
    }
}
