# Runs in a real PowerShell: makes one help file of all pages.
param([string] $Pages, [string] $Target)

$ErrorActionPreference = 'Stop'
Import-Module Microsoft.PowerShell.PlatyPS
$work = [IO.Directory]::CreateTempSubdirectory('vmspawn-help-').FullName
try {
    $files = [IO.Directory]::GetFiles($Pages, '*-*.md')
    Import-MarkdownCommandHelp -Path $files | Export-MamlCommandHelp -OutputFolder $work -Force | Out-Null
    $null = [IO.Directory]::CreateDirectory($Target)
    foreach ($file in [IO.Directory]::GetFiles($work, '*-Help.xml', 'AllDirectories')) {
        [IO.File]::Copy($file, [IO.Path]::Combine($Target, [IO.Path]::GetFileName($file)), $true)
        [IO.Path]::GetFileName($file)
    }
}
finally {
    [IO.Directory]::Delete($work, $true)
}
