# A journal as objects, in a real PowerShell: what systemd-journal-remote has written, read by the real journalctl.

BeforeAll {
    $root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
    Import-Module ([IO.Path]::Combine($root, 'VmSpawn.psd1')) -Force
}

Describe 'Get-VmJournal' -Tag Unit {
    BeforeAll {
        $receiver = '/usr/lib/systemd/systemd-journal-remote', '/usr/bin/systemd-journal-remote' | Where-Object { Test-Path $_ }
        $reader = Get-Command journalctl -CommandType Application -ErrorAction Ignore
        $isMissing = -not $receiver -or -not $reader
        $journal = "$((Get-Item 'TestDrive:/').FullName.TrimEnd('/'))/guest.journal"
        if (-not $isMissing) {
            $entries = foreach ($number in 1..40) {
                "__REALTIME_TIMESTAMP=$(1700000000 + $number)000000", "__MONOTONIC_TIMESTAMP=$number"
                '_BOOT_ID=0123456789abcdef0123456789abcdef', '_HOSTNAME=guest', "_SYSTEMD_UNIT=u$($number % 2).service"
                "PRIORITY=$($number % 4 ? 6 : 3)", 'SYSLOG_IDENTIFIER=tester', '_PID=7', "MESSAGE=line $number", ''
            }
            $entries | & @($receiver)[0] --output $journal --split-mode none - 2>$null
        }
    }

    BeforeEach {
        if ($isMissing) {
            $reason = 'systemd-journal-remote or journalctl is not installed'
            if ($env:CI -eq 'true') { throw "$reason (in CI that is a failure)" }
            Set-ItResult -Skipped -Because $reason
        }
    }

    It 'writes objects' {
        $entry = Get-VmJournal -Path $journal -Last 1
        $entry | Should -BeOfType VmSpawn.JournalEntry
        $entry.Message | Should -Be 'line 40'
        $entry.Unit, $entry.Identifier, $entry.ProcessId, $entry.HostName | Should -Be 'u0.service', 'tester', 7, 'guest'
        $entry.Priority | Should -Be 'err'
        $entry.Time.ToUniversalTime() | Should -Be ([DateTimeOffset]::FromUnixTimeSeconds(1700000040).UtcDateTime)
        $entry.Fields['_BOOT_ID'] | Should -Be '0123456789abcdef0123456789abcdef'
    }

    It 'chooses' {
        @(Get-VmJournal -Path $journal).Count | Should -Be 40
        @(Get-VmJournal -Path $journal -Unit u0.service).Count | Should -Be 20
        @(Get-VmJournal -Path $journal -Priority err).Count | Should -Be 10
        $since = [DateTimeOffset]::FromUnixTimeSeconds(1700000039).LocalDateTime
        (Get-VmJournal -Path $journal -Since $since).Message | Should -Be 'line 39', 'line 40'
    }

    It 'ends with those who want no more' {
        @(Get-VmJournal -Path $journal -Follow | Select-Object -First 3).Count | Should -Be 3
    }

    It 'shows a line for each' {
        $text = Get-VmJournal -Path $journal -Last 2 | Out-String -Width 120
        $text | Should -Match 'tester\[7\] +line 39'
    }

    It 'refuses a path that is not there' {
        $failure = { Get-VmJournal -Path "$journal.none" -ErrorAction Stop } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -Be 'JournalNotFound,VmSpawn.Commands.GetVmJournalCommand'
    }
}
