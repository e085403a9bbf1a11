# Removes what was built. What was downloaded for the guest stays, and so does the shell that may be running this.

function Remove-Build {
    $folders = @(Join-Root 'bin')
    foreach ($parent in 'src', 'tests', 'benchmarks') {
        $path = Join-Root $parent
        if (-not [IO.Directory]::Exists($path)) { continue }
        foreach ($project in [IO.Directory]::GetDirectories($path)) {
            $folders += [IO.Path]::Combine($project, 'bin'), [IO.Path]::Combine($project, 'obj')
        }
    }
    if ([IO.Directory]::Exists($artifacts)) {
        $folders += [IO.Directory]::GetDirectories($artifacts) |
            Where-Object { [IO.Path]::GetFileName($_) -notin 'shell', 'guests' }
        foreach ($file in [IO.Directory]::GetFiles($artifacts)) { [IO.File]::Delete($file) }
    }
    foreach ($folder in $folders) {
        if ([IO.Directory]::Exists($folder)) { [IO.Directory]::Delete($folder, $true) }
    }
}
