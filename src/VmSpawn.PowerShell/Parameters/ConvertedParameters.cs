using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using System.Reflection;
using VmSpawn.Commands;
using VmSpawn.Engine.Arguments;

namespace VmSpawn.Parameters;

/// <summary>Parameters of <c>Start-VmSpawn</c> as a dictionary, to and from what a command line becomes.</summary>
internal static class ConvertedParameters
{
    private static readonly HashSet<string> Known =
    [
        .. typeof(StartVmSpawnCommand)
            .GetProperties()
            .Where(property => property.GetCustomAttributes<ParameterAttribute>().Any())
            .Select(property => property.Name),
    ];

    /// <summary>The parameters by name, without regard to case, in the order of the command line.</summary>
    /// <param name="commandLine">A command line that starts a VM.</param>
    /// <param name="unknown">Those that <c>Start-VmSpawn</c> does not have; they are left out.</param>
    public static OrderedDictionary Create(ParsedCommandLine commandLine, out IReadOnlyList<string> unknown)
    {
        var parameters = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        var left = new List<string>();
        foreach (var (name, value) in commandLine.ToParameters())
        {
            if (Known.Contains(name))
            {
                parameters[name] = value;
            }
            else
            {
                left.Add(name);
            }
        }

        unknown = left;
        return parameters;
    }

    /// <summary>Parameters from PowerShell, their values unwrapped.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> Read(IDictionary parameters)
    {
        foreach (DictionaryEntry entry in parameters)
        {
            yield return KeyValuePair.Create(entry.Key.ToString() ?? "", Unwrap(entry.Value));
        }
    }

    /// <summary>What to do for a command line that starts nothing.</summary>
    public static string Instead(CommandLineAction action) =>
        action switch
        {
            CommandLineAction.Help => "The command line asks for help: use Get-Help Start-VmSpawn.",
            CommandLineAction.Version => "The command line asks for the version: use Get-Module VmSpawn.",
            CommandLineAction.DescribeFirmware =>
                "The command line describes the selected firmware: use Get-VmFirmware | Where-Object Selected.",
            _ => "The command line lists firmware: use Get-VmFirmware.",
        };

    private static object? Unwrap(object? value) =>
        value switch
        {
            PSObject wrapped => Unwrap(wrapped.BaseObject),
            SwitchParameter flag => flag.IsPresent,
            FileSystemInfo file => file.FullName,
            string => value,
            IEnumerable items => items.Cast<object?>().Select(Unwrap).OfType<object>().ToArray(),
            _ => value,
        };
}
