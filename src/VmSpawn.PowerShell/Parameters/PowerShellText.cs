using System.Management.Automation.Language;

namespace VmSpawn.Parameters;

/// <summary>Values as PowerShell reads them in a script.</summary>
internal static class PowerShellText
{
    /// <summary>A text in quotes, within which nothing has a meaning.</summary>
    public static string Quote(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
}
