using VmSpawn.Engine.Console;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;
using VmSpawn.Monitor.Attaching;

namespace VmSpawn.Monitor.Modes;

/// <summary>Shows a console on the terminal of the shell that started it. Arguments: see <see cref="AttachProtocol"/>.</summary>
internal static class AttachMode
{
    public static int Run(ReadOnlySpan<string> arguments)
    {
        var request = new TerminalRequest
        {
            Interactive = arguments[0] == "yes",
            HasEscape = arguments[1] == "yes",
            Background = arguments[2],
            Title = arguments[3],
        };
        try
        {
            using var shell = FileDescriptor.Inherited(AttachProtocol.ShellDescriptor);
            using var console = FileDescriptor.Inherited(AttachProtocol.ConsoleDescriptor);
            using var attachment = new TerminalAttachment(shell, console, request);
            return AttachProtocol.CodeOf(attachment.Run());
        }
        catch (VmSpawnException e)
        {
            StandardError.Write(e.Message);
            return 1;
        }
    }
}
