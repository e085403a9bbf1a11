# Runs in a real PowerShell: makes one help file of all pages, and puts the about topics beside it.
param([string] $Pages, [string] $Target)

$ErrorActionPreference = 'Stop'
Import-Module Microsoft.PowerShell.PlatyPS
. ([IO.Path]::Combine($PSScriptRoot, 'Help.ps1'))

$work = [IO.Directory]::CreateTempSubdirectory('vmspawn-help-').FullName
try {
    $files = [IO.Directory]::GetFiles($Pages, '*-*.md') | Sort-Object
    $commands = Import-MarkdownCommandHelp -Path $files
    $commands | Export-MamlCommandHelp -OutputFolder $work -Force | Out-Null
    $null = [IO.Directory]::CreateDirectory($Target)
    foreach ($file in [IO.Directory]::GetFiles($work, '*-Help.xml', 'AllDirectories')) {
        $name = [IO.Path]::GetFileName($file)
        Repair-Maml $file ([IO.Path]::Combine($Target, $name)) $commands
        $name
    }
    foreach ($file in [IO.Directory]::GetFiles([IO.Path]::Combine($Pages, '..', 'about'), '*.help.txt')) {
        [IO.File]::Copy($file, [IO.Path]::Combine($Target, [IO.Path]::GetFileName($file)), $true)
        [IO.Path]::GetFileName($file)
    }
}
finally {
    [IO.Directory]::Delete($work, $true)
}
