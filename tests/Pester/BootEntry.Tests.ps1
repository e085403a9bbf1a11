# Boot entries as users meet them in a real PowerShell.

BeforeDiscovery {
    $programs = 'mkfs.vfat', 'mcopy', 'sgdisk', "qemu-system-$(uname -m)"
    $missing = $programs | Where-Object { -not (Get-Command $_ -ErrorAction Ignore) }
    # The gate has installed them: there a missing one is a failure. Elsewhere the report names the reason.
    if ($missing -and $env:CI) { throw "The test of a disk image cannot run: $($missing -join ' and ') cannot be found." }
    $disk = $missing ? "looks into a disk image (skipped, as $($missing -join ' and ') cannot be found)" : 'looks into a disk image'
}

BeforeAll {
    $root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
    Import-Module ([IO.Path]::Combine($root, 'VmSpawn.psd1')) -Force
    $place = [IO.Directory]::CreateTempSubdirectory('vmb-').FullName
    foreach ($name in 'one', 'two') {
        $entries = [IO.Directory]::CreateDirectory("$place/$name/boot/loader/entries").FullName
        Set-Content "$place/$name/boot/linux" 'kernel'
        Set-Content "$entries/$name-1.conf" "title $name old", 'version 1', 'sort-key s', 'linux /linux', 'options quiet'
        Set-Content "$entries/$name-2.conf" "title $name new", 'version 2', 'sort-key s', 'linux /linux'
        Set-Content "$entries/$name-3+0-3.conf" "title $name bad", 'version 3', 'sort-key s', 'linux /linux'
    }
}

AfterAll {
    [IO.Directory]::Delete($place, $true)
}

Describe 'Get-VmBootEntry' -Tag Unit {
    It 'takes folders from Get-ChildItem' {
        (Get-ChildItem $place | Get-VmBootEntry | Where-Object Default).Id | Should -Be 'one-2.conf', 'two-2.conf'
        (Get-Item "$place/one" | Get-VmBootEntry).Count | Should -Be 3
    }

    It 'takes paths relative to the location, and drives' {
        $null = New-PSDrive -Name Trees -PSProvider FileSystem -Root $place
        Push-Location $place
        try {
            (Get-VmBootEntry ./one).Count | Should -Be 3
            (Get-VmBootEntry *).Count | Should -Be 6
            (Get-VmBootEntry Trees:/two).Count | Should -Be 3
        }
        finally {
            Pop-Location
            Remove-PSDrive Trees
        }
    }

    It 'shows the menu as a table, and everything as a list' {
        $table = Get-VmBootEntry "$place/one" | Out-String
        $table | Should -Match 'Default\s+Type\s+Tries\s+Version\s+Title\s+Id'
        $table | Should -Match '(?s)one-2\.conf.*one-1\.conf.*one-3\.conf'
        Get-VmBootEntry "$place/one" | Format-List | Out-String | Should -Match 'Options\s+: quiet'
    }

    It 'goes on after a path that is none' {
        $found = Get-VmBootEntry /nowhere, "$place/one" -ErrorAction SilentlyContinue -ErrorVariable failures
        $found.Count | Should -Be 3
        $failures[0].FullyQualifiedErrorId | Should -Be 'BootSourceNotFound,VmSpawn.Commands.GetVmBootEntryCommand'
    }

    # Not run only where a program is missing outside the gate; its name says which (see the top).
    It $disk -Skip:([bool] $missing) {
        $image = "$place/disk.raw"
        truncate -s 40M $image
        sgdisk --new=1:2048:73727 --typecode=1:ef00 $image | Out-Null
        mkfs.vfat -F 32 --offset 2048 $image 35840 *> $null
        mcopy -s -i "$image@@1M" "$place/one/boot/loader" "$place/one/boot/linux" ::/
        $LASTEXITCODE | Should -Be 0
        $entry = Get-VmBootEntry $image | Where-Object Default
        $entry.Kernel | Should -Be '/efi/linux'
        $entry.Image | Should -Be $image
        $plan = $entry | New-VmSpawnPlan -Kvm no -Tpm no
        $plan.ToShellString() | Should -Match '-kernel \S*/disk/kernel'
    }
}
