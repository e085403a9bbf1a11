# The module as it is given to others: a folder for PSModulePath, and a package for a gallery.

function Build-Package {
    $manifest = [IO.File]::ReadAllText((Join-Root 'VmSpawn.psd1'))
    $version = [regex]::Match($manifest, "ModuleVersion\s*=\s*'([0-9.]+)'").Groups[1].Value
    $folder = [IO.Path]::Combine($artifacts, 'VmSpawn', $version)
    if ([IO.Directory]::Exists($folder)) { [IO.Directory]::Delete($folder, $true) }

    foreach ($name in 'VmSpawn.psd1', 'LICENSE', 'README.md', 'CHANGELOG.md') {
        Copy-Atomically (Join-Root $name) ([IO.Path]::Combine($folder, $name))
    }
    foreach ($file in [IO.Directory]::GetFiles((Join-Root 'en-US'))) {
        Copy-Atomically $file ([IO.Path]::Combine($folder, 'en-US', [IO.Path]::GetFileName($file)))
    }
    $bin = Join-Root 'bin'
    foreach ($file in [IO.Directory]::EnumerateFiles($bin, '*', 'AllDirectories')) {
        $name = [IO.Path]::GetRelativePath($bin, $file)
        if ($name -notlike '*.pdb') { Copy-Atomically $file ([IO.Path]::Combine($folder, 'bin', $name)) }
    }
    Say "Module folder: $folder"

    $package = [IO.Path]::Combine($artifacts, "VmSpawn.$version.nupkg")
    Write-NuGetPackage $folder $package $version
    Say "Package:       $package"
}

# A package is a zip archive with a description (Open Packaging Conventions and nuspec, as nuget.org documents them).
function Write-NuGetPackage([string] $folder, [string] $package, [string] $version) {
    [IO.File]::Delete($package)
    $archive = [IO.Compression.ZipFile]::Open($package, 'Create')
    try {
        Add-Entry $archive '[Content_Types].xml' @'
<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
  <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml" />
  <Default Extension="nuspec" ContentType="application/octet" />
  <Default Extension="psd1" ContentType="application/octet" />
  <Default Extension="dll" ContentType="application/octet" />
  <Default Extension="xml" ContentType="application/octet" />
  <Default Extension="ps1xml" ContentType="application/octet" />
  <Default Extension="md" ContentType="application/octet" />
  <Default Extension="txt" ContentType="application/octet" />
  <Override PartName="/LICENSE" ContentType="application/octet" />
  <Override PartName="/bin/vmspawn-monitor" ContentType="application/octet" />
</Types>
'@
        Add-Entry $archive '_rels/.rels' @'
<?xml version="1.0" encoding="utf-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
  <Relationship Type="http://schemas.microsoft.com/packaging/2010/07/manifest" Target="/VmSpawn.nuspec" Id="R1" />
</Relationships>
'@
        Add-Entry $archive 'VmSpawn.nuspec' @"
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd">
  <metadata>
    <id>VmSpawn</id>
    <version>$version</version>
    <authors>The VmSpawn authors</authors>
    <description>Boots operating systems in virtual machines on Linux hosts.</description>
    <license type="expression">MIT</license>
    <tags>PSModule PSEdition_Core Linux qemu kvm vm systemd vmspawn</tags>
  </metadata>
</package>
"@
        foreach ($file in [IO.Directory]::EnumerateFiles($folder, '*', 'AllDirectories')) {
            $name = [IO.Path]::GetRelativePath($folder, $file)
            $null = [IO.Compression.ZipFileExtensions]::CreateEntryFromFile($archive, $file, $name)
        }
    }
    finally {
        $archive.Dispose()
    }
}

function Add-Entry($archive, [string] $name, [string] $text) {
    $writer = [IO.StreamWriter]::new($archive.CreateEntry($name).Open())
    try { $writer.Write($text) } finally { $writer.Dispose() }
}
