namespace VmSpawn.Benchmarks;

/// <summary>Times of two ways to do the same thing.</summary>
/// <param name="title">What was measured.</param>
internal sealed class Comparison(string title)
{
    private readonly List<double> _ours = [];
    private readonly List<double> _byHand = [];

    /// <summary>Adds one pair.</summary>
    public void Add(TimeSpan ours, TimeSpan byHand)
    {
        _ours.Add(ours.TotalMilliseconds);
        _byHand.Add(byHand.TotalMilliseconds);
    }

    /// <summary>Prints minimum, median and maximum of both, and how they compare.</summary>
    public void Print()
    {
        Console.WriteLine($"{title} ({_ours.Count} alternating pairs, milliseconds)");
        Console.WriteLine($"{"", -16}{"min", 10}{"median", 10}{"max", 10}");
        PrintRow("Start-VmSpawn", _ours);
        PrintRow("by hand", _byHand);
        var difference = Median(_ours) - Median(_byHand);
        Console.WriteLine($"ratio of medians {Median(_ours) / Median(_byHand):F3}, difference {difference:F1} ms");
        Console.WriteLine();
    }

    private static void PrintRow(string name, List<double> times) =>
        Console.WriteLine($"{name, -16}{times.Min(), 10:F1}{Median(times), 10:F1}{times.Max(), 10:F1}");

    private static double Median(List<double> times)
    {
        var sorted = times.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
