using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Monitor.Modes;

/// <summary>
/// Becomes another program that sees a directory differently than everybody else. Arguments: process id of the parent,
/// signal at its death, highest descriptor that is inherited, what the directory looks like, the directory, whether this
/// is root of a user namespace only, program, argument vector.
/// </summary>
internal static class NamespaceMode
{
    private const int CannotRun = 127;

    public static int Run(ReadOnlySpan<string> arguments)
    {
        try
        {
            Mount(Enum.Parse<DirectoryView>(arguments[3]), arguments[4], bool.Parse(arguments[5]));
        }
        catch (SystemCallException e)
        {
            StandardError.Write($"vmspawn-monitor: {e.Message}");
            return CannotRun;
        }

        // Having become root of a user namespace, the process is not told of its parent's death any more (prctl(2)).
        return ExecMode.Run([arguments[0], arguments[1], arguments[2], "0", .. arguments[6..]]);
    }

    private static void Mount(DirectoryView view, string directory, bool inUserNamespace)
    {
        if (view is DirectoryView.Itself)
        {
            return;
        }

        MountNamespace.GoTo(directory);
        MountNamespace.Enter();
        if (view is DirectoryView.ReadOnly)
        {
            MountNamespace.MountReadOnly(directory);
        }
        else
        {
            MountNamespace.MountEphemeral(directory, inUserNamespace);
        }

        ProcessImage.EnterRootDirectory();
    }
}
