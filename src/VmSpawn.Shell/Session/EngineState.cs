using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using VmSpawn.Shell.Commands;

namespace VmSpawn.Shell.Session;

/// <summary>What a session of the engine starts with.</summary>
internal static class EngineState
{
    /// <summary>
    /// Commands that nobody can do without at a prompt and that the engine's package lacks. More is not the aim: a
    /// script that is to run everywhere calls the runtime instead.
    /// </summary>
    private static readonly (string Name, string Body)[] Functions =
    [
        (
            "Write-Host",
            """
            [CmdletBinding()] param(
                [Parameter(Position = 0, ValueFromPipeline, ValueFromRemainingArguments)] $Object,
                [switch] $NoNewline, $Separator = ' ',
                [Nullable[ConsoleColor]] $ForegroundColor, [Nullable[ConsoleColor]] $BackgroundColor)
            begin {
                $front = $ForegroundColor ?? $Host.UI.RawUI.ForegroundColor
                $back = $BackgroundColor ?? $Host.UI.RawUI.BackgroundColor
            }
            process {
                $text = if ($Object -is [string]) { $Object } else { @($Object) -join $Separator }
                $Host.UI.Write($front, $back, $text)
                if (-not $NoNewline) { $Host.UI.WriteLine() }
            }
            """
        ),
        (
            "Write-Output",
            """
            [CmdletBinding()] param(
                [Parameter(Position = 0, ValueFromPipeline, ValueFromRemainingArguments)] $InputObject,
                [switch] $NoEnumerate)
            process { if ($NoEnumerate) { , $InputObject } else { $InputObject } }
            """
        ),
    ];

    /// <summary>Version of the engine, such as 7.6.9.</summary>
    public static string Version => PSVersionInfo.PSVersion.ToString();

    public static InitialSessionState Create()
    {
        var state = InitialSessionState.CreateDefault2();
        foreach (var (name, body) in Functions)
        {
            state.Commands.Add(new SessionStateFunctionEntry(name, body));
        }

        foreach (var type in new[] { typeof(OutStringCommand), typeof(SetLocationCommand) })
        {
            var name = type.GetCustomAttribute<CmdletAttribute>()!;
            state.Commands.Add(
                new SessionStateCmdletEntry($"{name.VerbName}-{name.NounName}", type, helpFileName: null)
            );
        }

        return state;
    }
}
