using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace VmSpawn.Shell.Session;

/// <summary>
/// Two switches that the engine keeps for PowerShell's own console and does not publish. The package's version is pinned,
/// and the tests of exit codes and of errors fail where a later one lacks them.
/// </summary>
internal static class EngineSwitches
{
    private const BindingFlags Internal = BindingFlags.Instance | BindingFlags.NonPublic;

    /// <summary>Makes <c>exit</c> in the next script file end the session, as its command line promises, not only the file.</summary>
    public static void ExitFromNextScriptFile(Runspace runspace)
    {
        var context = Property(runspace.GetType(), "ExecutionContext").GetValue(runspace)!;
        Property(context.GetType(), "ScriptCommandProcessorShouldRethrowExit").SetValue(context, value: true);
    }

    /// <summary>An object that Out-Default shows as it shows the error stream.</summary>
    public static PSObject AsErrorOutput(ErrorRecord error)
    {
        var marked = new PSObject(error);
        var stream = Property(typeof(PSObject), "WriteStream");
        stream.SetValue(marked, Enum.Parse(stream.PropertyType, "Error"));
        return marked;
    }

    private static PropertyInfo Property(Type? type, string name)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.GetProperty(name, Internal) is { } property)
            {
                return property;
            }
        }

        throw new MissingMemberException($"This version of the engine has no {name}.");
    }
}
