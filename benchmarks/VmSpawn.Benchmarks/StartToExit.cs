using System.Diagnostics;
using System.Management.Automation;

namespace VmSpawn.Benchmarks;

/// <summary>From the call to the end of a guest that boots and powers off.</summary>
internal static class StartToExit
{
    private const string PowerOff = "vmspawn.poweroff";

    public static Comparison Measure(ModuleSession session, Guest guest, int pairs)
    {
        var comparison = new Comparison("From the call to the end of the tiny guest");
        var plan = session.Plan(guest.Parameters(PowerOff));
        for (var pair = 0; pair < pairs; pair++)
        {
            comparison.Add(Ours(session, guest), ByHand(plan));
        }

        return comparison;
    }

    private static TimeSpan Ours(ModuleSession session, Guest guest)
    {
        var watch = Stopwatch.StartNew();
        session.Run("Start-VmSpawn", guest.Parameters(PowerOff));
        var ended = session.Run("Wait-VmSpawn", new(StringComparer.Ordinal) { ["Name"] = "tiny", ["Timeout"] = "120" });
        var took = watch.Elapsed;
        return ended!.Properties["ExitStatus"].Value is 0
            ? took
            : throw new InvalidOperationException($"The VM failed: {ended.Properties["Failure"].Value}");
    }

    private static TimeSpan ByHand(PSObject plan)
    {
        using var prepared = new HandStarted(plan);
        var watch = Stopwatch.StartNew();
        using var qemu = prepared.Start();
        qemu.WaitForExit();
        return qemu.ExitCode == 0
            ? watch.Elapsed
            : throw new InvalidOperationException($"QEMU ended with exit code {qemu.ExitCode}.");
    }
}
