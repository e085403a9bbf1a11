using System.Management.Automation;
using System.Management.Automation.Language;

namespace VmSpawn.Shell.Session;

/// <summary>
/// Standard input as the input of a script. It is read only for a script that asks for it: otherwise a script would hang
/// on an input that nobody closes, and take lines away from the programs it calls.
/// </summary>
internal static class PipedInput
{
    /// <summary>The lines of standard input as they come, or <see langword="null"/> if the script does not use them.</summary>
    public static PSDataCollection<string>? For(ScriptBlockAst? script)
    {
        if (!Console.IsInputRedirected || script is null || !Uses(script))
        {
            return null;
        }

        var lines = new PSDataCollection<string>();
        var reading = new Thread(() => Read(lines)) { IsBackground = true, Name = "standard input" };
        reading.Start();
        return lines;
    }

    private static bool Uses(ScriptBlockAst script) =>
        script.ProcessBlock is not null
        || script.Find(
            node =>
                node is VariableExpressionAst variable
                && variable.VariablePath.UserPath.Equals("input", StringComparison.OrdinalIgnoreCase),
            searchNestedScriptBlocks: false
        )
            is not null;

    private static void Read(PSDataCollection<string> lines)
    {
        try
        {
            while (Console.In.ReadLine() is { } line)
            {
                lines.Add(line);
            }
        }
        catch (PSInvalidOperationException)
        {
            // The script has ended and closed its input.
        }
        finally
        {
            lines.Complete();
        }
    }
}
