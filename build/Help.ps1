# What Microsoft.PowerShell.PlatyPS 1.0 leaves to be done on its MAML so that Get-Help shows it as it shows the help of
# PowerShell's own cmdlets: code as code, paragraphs that wrap by themselves, default values, plain links.

$maml = 'http://schemas.microsoft.com/maml/2004/10'
$dev = 'http://schemas.microsoft.com/maml/dev/2004/10'
$command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'

function Repair-Maml([string] $source, [string] $target, $commands) {
    $document = [xml]::new()
    $document.PreserveWhitespace = $false
    $document.Load($source)
    $names = [Xml.XmlNamespaceManager]::new($document.NameTable)
    $names.AddNamespace('maml', $maml)
    $names.AddNamespace('dev', $dev)
    $names.AddNamespace('command', $command)

    foreach ($example in $document.SelectNodes('//command:example', $names)) { Repair-Example $example $names }
    foreach ($paragraph in @($document.SelectNodes('//maml:para', $names))) { Repair-Paragraph $paragraph }
    foreach ($link in @($document.SelectNodes('//maml:navigationLink', $names))) { Repair-Link $link $names }
    foreach ($item in $document.SelectNodes('//command:command', $names)) { Repair-Parameter $item $names $commands }

    $settings = [Xml.XmlWriterSettings]@{ Indent = $true; NewLineChars = "`n"; Encoding = [Text.UTF8Encoding]::new($false) }
    $writer = [Xml.XmlWriter]::Create($target, $settings)
    try { $document.Save($writer) } finally { $writer.Dispose() }
    [IO.File]::AppendAllText($target, "`n")
}

# Code goes where code belongs, and the words about it behind it.
function Repair-Example($example, $names) {
    $remarks = $example.SelectSingleNode('dev:remarks', $names)
    foreach ($paragraph in @($example.SelectNodes('maml:introduction/maml:para', $names))) {
        $null = $paragraph.ParentNode.RemoveChild($paragraph)
        if ($paragraph.InnerText -match '(?s)^```\w*\n(.*?)\n?```$') {
            $example.SelectSingleNode('dev:code', $names).InnerText = $Matches[1]
        }
        elseif ($paragraph.InnerText -ne [string][char] 0x80) {
            $null = $remarks.AppendChild($paragraph)
        }
    }
    # A blank line before the next example.
    $null = $remarks.AppendChild($example.OwnerDocument.CreateElement('maml', 'para', $maml))
}

function Repair-Paragraph($paragraph) {
    $parts = ($paragraph.InnerText -replace '`([^`]+)`', '$1').Trim() -split '\n\s*\n'
    foreach ($part in $parts) {
        $new = $paragraph.OwnerDocument.CreateElement('maml', 'para', $maml)
        $new.InnerText = $part -replace '\s*\n\s*', ' '
        $null = $paragraph.ParentNode.InsertBefore($new, $paragraph)
    }
    $null = $paragraph.ParentNode.RemoveChild($paragraph)
}

# Links between pages are for readers of the pages.
function Repair-Link($link, $names) {
    $uri = $link.SelectSingleNode('maml:uri', $names)
    if ($uri.InnerText -match '\.(md|txt)$') { $uri.InnerText = '' }
    elseif (-not $uri.InnerText) { $null = $link.ParentNode.RemoveChild($link) }
}

function Repair-Parameter($item, $names, $commands) {
    $name = $item.SelectSingleNode('command:details/command:name', $names).InnerText
    $page = $commands | Where-Object Title -eq $name
    foreach ($parameter in $item.SelectNodes('command:parameters/command:parameter', $names)) {
        $value = $parameter.SelectSingleNode('command:parameterValue', $names)
        if ($value) { $value.InnerText = $value.InnerText -replace '^.*\.(?=\w)', '' }
        $default = ($page.Parameters | Where-Object Name -eq $parameter.SelectSingleNode('maml:name', $names).InnerText).DefaultValue
        if ($default) {
            $element = $item.OwnerDocument.CreateElement('dev', 'defaultValue', $dev)
            $element.InnerText = $default
            $null = $parameter.AppendChild($element)
        }
    }
}
