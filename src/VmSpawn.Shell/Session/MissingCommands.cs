using System.Management.Automation.Runspaces;
using VmSpawn.Shell.Terminal;

namespace VmSpawn.Shell.Session;

/// <summary>Says why a command that every user of PowerShell knows is not there.</summary>
internal static class MissingCommands
{
    /// <summary>Commands of PowerShell's own modules without an alias in the engine, from which the others are known.</summary>
    private static readonly string[] WithoutAlias =
    [
        "Add-Type",
        "ConvertFrom-Json",
        "ConvertTo-Csv",
        "ConvertTo-Json",
        "ConvertTo-SecureString",
        "Export-Csv",
        "Format-Hex",
        "Get-Credential",
        "Get-Date",
        "Get-FileHash",
        "Get-Random",
        "Import-Csv",
        "Join-Path",
        "New-Object",
        "New-TimeSpan",
        "Out-File",
        "Out-String",
        "Read-Host",
        "Select-String",
        "Split-Path",
        "Start-Sleep",
        "Start-Transcript",
        "Test-Path",
        "Wait-Debugger",
        "Write-Debug",
        "Write-Error",
        "Write-Information",
        "Write-Progress",
        "Write-Verbose",
        "Write-Warning",
    ];

    /// <summary>Adds a line to standard error when such a command is called, once for each.</summary>
    public static void Explain(Runspace runspace, TerminalWriter writer)
    {
        var known = new HashSet<string>(WithoutAlias, StringComparer.OrdinalIgnoreCase);
        foreach (var alias in runspace.InitialSessionState.Commands.OfType<SessionStateAliasEntry>())
        {
            known.Add(alias.Definition);
        }

        runspace.SessionStateProxy.InvokeCommand.CommandNotFoundAction = (_, lookup) =>
        {
            if (known.Remove(lookup.CommandName))
            {
                writer.WriteError(
                    $"{lookup.CommandName} comes with PowerShell itself, which is not installed: this shell has the engine only."
                );
            }
        };
    }
}
