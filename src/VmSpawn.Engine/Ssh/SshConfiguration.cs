using System.Text;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Engine.Ssh;

/// <summary>A VM as a <c>Host</c> block of ssh_config(5).</summary>
public static class SshConfiguration
{
    /// <summary>The block, with a line break at the end of each line.</summary>
    /// <param name="name">Name of the VM, by which <c>ssh</c> then knows it.</param>
    /// <param name="ssh">How it is reached.</param>
    /// <param name="monitorPath">Absolute path of the supervisor's program.</param>
    public static string Write(string name, PlannedSsh ssh, string monitorPath)
    {
        var text = new StringBuilder();
        // Each line of its own: also where $OFS or a here-string joins several blocks.
        text.Append("Host ").Append(name).Append('\n');
        foreach (var setting in new SshClientCommand(ssh, monitorPath).Settings)
        {
            text.Append("    ").Append(setting.Name).Append(' ').Append(SshClientCommand.Line(setting)).Append('\n');
        }

        return text.ToString();
    }
}
