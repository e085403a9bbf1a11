# Building: the solution with all its checks, and the module as it is imported from bin/.

function Build-Solution {
    Say 'Building the solution ...'
    Invoke-MSBuild 'The build' 'VmSpawn.PowerShell.sln'
    $done['Solution'] = $true
}

function Build-Module {
    $assemblies = Join-Root 'src', 'VmSpawn.PowerShell', 'bin', 'Release', 'net10.0'
    if (-not $done['Solution']) {
        Say 'Building the module ...'
        Invoke-MSBuild 'The build of the module' 'src', 'VmSpawn.PowerShell'
    }

    $monitor = Build-Monitor
    $bin = Join-Root 'bin'
    $kept = [Collections.Generic.HashSet[string]]::new()
    foreach ($file in [IO.Directory]::EnumerateFiles($assemblies, '*', 'AllDirectories')) {
        $name = [IO.Path]::GetRelativePath($assemblies, $file)
        # The dependency file would send the loader to packages that a module does not bring along.
        if ($name -like '*.deps.json') { continue }
        Copy-Atomically $file ([IO.Path]::Combine($bin, $name))
        $null = $kept.Add($name)
    }
    Copy-Atomically $monitor ([IO.Path]::Combine($bin, 'vmspawn-monitor'))
    $null = $kept.Add('vmspawn-monitor')

    foreach ($file in [IO.Directory]::GetFiles($bin, '*', 'AllDirectories')) {
        if (-not $kept.Contains([IO.Path]::GetRelativePath($bin, $file))) { [IO.File]::Delete($file) }
    }
}

# The supervisor as a native program; writes its path.
function Build-Monitor {
    Say 'Compiling vmspawn-monitor to native code ...'
    $target = [IO.Path]::Combine($artifacts, 'monitor')
    $architecture = (Get-Architecture) -eq 'x86_64' ? 'x64' : 'arm64'
    $command = @(
        'dotnet', 'publish', (Join-Root 'src', 'VmSpawn.Monitor')
        '-c', 'Release', '-r', "linux-$architecture", '-o', $target
        '-nologo', '-v', 'quiet', '--disable-build-servers'
    )
    if (-not (Find-Program 'gcc')) { $command += '-p:CppCompilerAndLinker=clang' }
    Invoke-Program 'Compiling vmspawn-monitor' $command | Out-Host
    [IO.Path]::Combine($target, 'vmspawn-monitor')
}

# Whoever has the old file loaded keeps it; nobody ever sees half a file.
function Copy-Atomically([string] $source, [string] $target) {
    $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($target))
    $new = "$target.new"
    [IO.File]::Copy($source, $new, $true)
    [IO.File]::Move($new, $target, $true)
}

function Invoke-Demo {
    & (Join-Root 'samples', 'demo.ps1')
}

function Invoke-Benchmark {
    Invoke-MSBuild 'The build of the benchmarks' 'benchmarks', 'VmSpawn.Benchmarks'
    $guest = & (Join-Root 'samples', 'tiny-guest', 'make-guest')
    if ($LASTEXITCODE -ne 0) { throw 'The guest that is measured could not be made.' }
    $program = Join-Root 'benchmarks', 'VmSpawn.Benchmarks', 'bin', 'Release', 'net10.0', 'VmSpawn.Benchmarks'
    Invoke-Program 'The benchmark' $program, $root, $guest
}
