using System.Diagnostics;

namespace VmSpawn.Benchmarks;

/// <summary>From the call of <c>Start-VmSpawn</c> in a warm session to QEMU's first instruction.</summary>
internal static class StartToExec
{
    private const int WarmUps = 2;

    public static Comparison Measure(ModuleSession session, Guest guest, StampedQemu stamp, int pairs)
    {
        var comparison = new Comparison("From the call to QEMU's exec");
        var argv = session.ArgvOf(guest.Parameters());
        for (var pair = -WarmUps; pair < pairs; pair++)
        {
            var ours = Ours(session, guest, stamp);
            var byHand = ByHand(argv, stamp);
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

    private static TimeSpan ByHand(IReadOnlyList<string> argv, StampedQemu stamp)
    {
        stamp.Reset();
        var called = DateTimeOffset.UtcNow;
        using Process qemu = HandStarted.Start(argv);
        var executed = stamp.Time();
        qemu.Kill();
        qemu.WaitForExit();
        return executed - called;
    }
}
