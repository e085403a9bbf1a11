using VmSpawn.Engine.Native;

namespace VmSpawn.Monitor.Modes;

/// <summary>
/// Becomes another program that ends with its parent, as posix_spawn(3) cannot arrange. Arguments: process id of the
/// parent, signal at its death, highest descriptor that is inherited, number of listening sockets to tell of, program,
/// argument vector.
/// </summary>
internal static class ExecMode
{
    // As shells report what they cannot run.
    private const int CannotRun = 127;
    private const int ParentGone = 125;

    // Far more than QEMU and its helpers use; few enough to be closed one by one in no time.
    private const ulong OpenFiles = 65536;

    public static int Run(ReadOnlySpan<string> arguments)
    {
        var (parent, signal, highest) = (int.Parse(arguments[0]), int.Parse(arguments[1]), int.Parse(arguments[2]));
        ProcessImage.SignalOnParentDeath((Signal)signal);
        if (ProcessImage.ParentId != parent)
        {
            // It died before the signal was asked for.
            return ParentGone;
        }

        ProcessImage.CloseOnExecFrom(highest + 1);
        ProcessImage.LimitOpenFiles(OpenFiles);
        ProcessImage.ResetSignals();
        if (int.Parse(arguments[3]) is > 0 and var listeners)
        {
            ProcessImage.AnnounceListeners(listeners);
        }

        var failure = ProcessImage.Execute(arguments[4], arguments[5..].ToArray());
        StandardError.Write(failure.Message);
        return CannotRun;
    }
}
