using System.Diagnostics;

namespace VmSpawn.Benchmarks;

/// <summary>From parameters to the finished plan in a warm session, beside a cmdlet that only takes the parameters.</summary>
internal static class ParametersToPlan
{
    private const int WarmUps = 30;
    private const double Limit = 5;

    public static Comparison Measure(ModuleSession session, EveryFeature feature, int pairs)
    {
        var comparison = new Comparison(
            "From parameters to the finished plan, every feature on",
            "New-VmSpawnPlan",
            BareCommand.Name,
            Limit
        );
        for (var pair = -WarmUps; pair < pairs; pair++)
        {
            var ours = Time(session, "New-VmSpawnPlan", feature);
            var bare = Time(session, BareCommand.Name, feature);
            if (pair >= 0)
            {
                comparison.Add(ours, bare);
            }
        }

        return comparison;
    }

    private static TimeSpan Time(ModuleSession session, string cmdlet, EveryFeature feature)
    {
        var watch = Stopwatch.StartNew();
        var written = session.Run(cmdlet, feature.Parameters);
        return written is null ? throw new InvalidOperationException($"{cmdlet} wrote nothing.") : watch.Elapsed;
    }
}
