# The help that Get-Help shows, made from docs/cmdlets. It is kept in the repository, since only a real PowerShell with
# Microsoft.PowerShell.PlatyPS can make it.

function Build-Help {
    $obstacle = Get-PowerShellObstacle 'Microsoft.PowerShell.PlatyPS' '1.0'
    if ($obstacle) {
        Say "The help was not made again: $obstacle. What is in en-US stays as it is."
        return
    }

    $pages = Join-Root 'docs', 'cmdlets'
    $target = Join-Root 'en-US'
    $script = Join-Root 'build', 'New-Help.ps1'
    Invoke-Program 'Making the help' (Find-PowerShell), '-NoLogo', '-NoProfile', '-NonInteractive', '-File', $script, $pages, $target
}
