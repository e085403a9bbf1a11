using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Supervision;

namespace VmSpawn.Monitor.Modes;

/// <summary>The supervisor proper.</summary>
internal static class RunMode
{
    public static int Run(ReadOnlySpan<string> arguments)
    {
        ProcessImage.CloseOnExecFrom(MonitorProtocol.ReportDescriptor);
        ProcessImage.Ignore(Signal.Pipe);
        ProcessImage.AdoptOrphans();
        ProcessImage.EnterRootDirectory();
        // QEMU and the helpers are none of the services that the manager waits for; the plan says who tells it.
        Environment.SetEnvironmentVariable("NOTIFY_SOCKET", null);
        SetDefault("TERM", "vt220");
        SetDefault("LANG", "C.UTF-8");
        var inheritance = new Inheritance(int.Parse(arguments[0]), int.Parse(arguments[1]));
        var loop = new EventLoop(TimeProvider.System);
        return loop.Run(() => SuperviseAsync(loop, inheritance));
    }

    private static async Task<int> SuperviseAsync(EventLoop loop, Inheritance inheritance)
    {
        using var report = new ReportChannel(loop, inheritance.Report);
        LaunchPlan plan;
        try
        {
            plan = inheritance.ReadPlan();
        }
        catch (VmSpawnException e)
        {
            report.Send(new ReportMessage { Failure = Failures.Describe(e), FailureKind = Failures.KindOf(e) });
            return 1;
        }

        using var supervisor = new Supervisor(loop, inheritance, report, plan);
        await supervisor.RunAsync(plan);
        return supervisor.ExitCode;
    }

    // Of QEMU and the helpers, as systemd-vmspawn sets them (the spec, section 2).
    private static void SetDefault(string variable, string value)
    {
        if (Environment.GetEnvironmentVariable(variable) is null)
        {
            Environment.SetEnvironmentVariable(variable, value);
        }
    }
}
