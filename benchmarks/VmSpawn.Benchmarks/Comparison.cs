namespace VmSpawn.Benchmarks;

/// <summary>Times of two ways to do the same thing.</summary>
/// <param name="title">What was measured.</param>
/// <param name="ours">Our way.</param>
/// <param name="peer">The other way.</param>
/// <param name="limit">Median in milliseconds that our way is to stay below, or <see langword="null"/>.</param>
internal sealed class Comparison(
    string title,
    string ours = "Start-VmSpawn",
    string peer = "by hand",
    double? limit = null
)
{
    private readonly List<double> _ours = [];
    private readonly List<double> _peer = [];

    /// <summary>Adds one pair.</summary>
    public void Add(TimeSpan ourTime, TimeSpan peerTime)
    {
        _ours.Add(ourTime.TotalMilliseconds);
        _peer.Add(peerTime.TotalMilliseconds);
    }

    /// <summary>Prints minimum, median and maximum of both, and how they compare.</summary>
    public void Print()
    {
        Console.WriteLine($"{title} ({_ours.Count} alternating pairs, milliseconds)");
        Console.WriteLine($"{"", -20}{"min", 10}{"median", 10}{"max", 10}");
        PrintRow(ours, _ours);
        PrintRow(peer, _peer);
        var difference = Median(_ours) - Median(_peer);
        Console.WriteLine($"ratio of medians {Median(_ours) / Median(_peer):F3}, difference {difference:F1} ms");
        if (limit is { } most)
        {
            Console.WriteLine($"limit {most:F0} ms: {(Median(_ours) < most ? "kept" : "NOT KEPT")}");
        }

        Console.WriteLine();
    }

    private static void PrintRow(string name, List<double> times) =>
        Console.WriteLine($"{name, -20}{times.Min(), 10:F2}{Median(times), 10:F2}{times.Max(), 10:F2}");

    private static double Median(List<double> times)
    {
        var sorted = times.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
