# Directories of the host, in a real PowerShell: what needs its own cmdlets.

BeforeAll {
    $root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
    Import-Module ([IO.Path]::Combine($root, 'VmSpawn.psd1')) -Force
}

Describe 'Directories' -Tag Unit {
    BeforeAll {
        $null = New-Item -ItemType Directory 'TestDrive:/tree one', 'TestDrive:/tree-two'
        Set-Content 'TestDrive:/tree-file' 'x'
        $folder = (Get-Item 'TestDrive:/').FullName.TrimEnd('/')
    }

    It 'are completed, and nothing else is, for -<_>' -ForEach 'Directory', 'Bind', 'BindReadOnly' {
        $line = "Start-VmSpawn -$_ $folder/tr"
        $texts = (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText
        @($texts).Count | Should -Be 2
        $texts | Should -Not -Match 'tree-file'
    }

    It 'are shown with what the guest may do' {
        $text = New-VmMount $folder /mnt/x -ReadOnly -UidMap 0:1000 | Out-String -Width 200
        $text | Should -Match 'Source +Target +Access +UidMap'
        $text | Should -Match '/mnt/x +read-only +0:1000:1'
    }

    It 'bind to New-VmMount by pipeline' {
        $mounts = Get-ChildItem $folder -Directory | New-VmMount -ReadOnly
        $mounts.Count | Should -Be 2
        $mounts.Source | Should -Contain "$folder/tree-two"
        $mounts.ReadOnly | Should -Not -Contain $false
    }

    It 'are the same after a serialization' {
        $text = [Management.Automation.PSSerializer]::Serialize((New-VmMount $folder /mnt/x -ReadOnly))
        $mount = [Management.Automation.PSSerializer]::Deserialize($text)
        $mount.PSObject.TypeNames | Should -Contain 'Deserialized.VmSpawn.Mount'
        { New-VmSpawnPlan -Image /nonexistent -Bind $mount } | Should -Throw '*/nonexistent*'
    }
}
