using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;
using VmSpawn.Engine.Supervision;

namespace VmSpawn.Monitor.Modes;

/// <summary>
/// The child of the starting process: starts the supervisor proper and ends at once, so that this is no child of a shell
/// that may live for weeks and reap nothing.
/// </summary>
internal static class LaunchMode
{
    public static int Run(ReadOnlySpan<string> arguments)
    {
        var inherited = 2 + int.Parse(arguments[0]) + int.Parse(arguments[1]);
        // A shell may hold descriptors that are not close-on-exec. They end here.
        ProcessImage.CloseOnExecFrom(MonitorProtocol.ReportDescriptor);
        try
        {
            _ = ProcessSpawn.Start(
                new SpawnRequest
                {
                    Program = "/proc/self/exe",
                    Argv = ["vmspawn-monitor", MonitorProtocol.RunMode, arguments[0], arguments[1]],
                    Descriptors =
                    [
                        .. Enumerable
                            .Range(MonitorProtocol.ReportDescriptor, inherited)
                            .Prepend(2)
                            .Select(number => (new FileDescriptor(number), number)),
                    ],
                    // The runtime's threads must not get the signals that the supervisor polls for.
                    BlockedSignals = SignalSet.Of(Supervisor.HandledSignals),
                    NewSession = true,
                }
            );
            return 0;
        }
        catch (VmSpawnException e)
        {
            StandardError.Write(e.Message);
            return 1;
        }
    }
}
