using System.Diagnostics;
using System.Management.Automation;

namespace VmSpawn.Benchmarks;

/// <summary>From the call of <c>Start-VmSpawn</c> in a warm session to QEMU's first instruction.</summary>
internal static class StartToExec
{
    private const int WarmUps = 2;

    public static Comparison Measure(ModuleSession session, Guest guest, StampedQemu stamp, int pairs)
    {
        var comparison = new Comparison("From the call to QEMU's exec");
        var plan = session.Plan(guest.Parameters());
        for (var pair = -WarmUps; pair < pairs; pair++)
        {
            var ours = Ours(session, guest, stamp);
            var byHand = ByHand(plan, stamp);
            if (pair >= 0)
            {
                comparison.Add(ours, byHand);
            }
        }

        return comparison;
    }

    private static TimeSpan Ours(ModuleSession session, Guest guest, StampedQemu stamp)
    {
        stamp.Reset();
        var called = DateTimeOffset.UtcNow;
        session.Run("Start-VmSpawn", guest.Parameters());
        session.TurnOff();
        return stamp.Time() - called;
    }

    private static TimeSpan ByHand(PSObject plan, StampedQemu stamp)
    {
        using var prepared = new HandStarted(plan);
        stamp.Reset();
        var called = DateTimeOffset.UtcNow;
        using Process qemu = prepared.Start();
        var executed = stamp.Time();
        qemu.Kill();
        qemu.WaitForExit();
        return executed - called;
    }
}
