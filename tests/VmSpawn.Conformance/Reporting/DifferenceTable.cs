using System.Collections.Immutable;
using System.Globalization;
using VmSpawn.Conformance.Cases;

namespace VmSpawn.Conformance.Reporting;

/// <summary>The table of deliberate differences, with the number of cases that show each.</summary>
/// <param name="table">The table.</param>
internal sealed class DifferenceTable(ImmutableArray<Difference> table)
{
    private readonly Dictionary<Difference, int> _counts = [];
    private readonly SortedDictionary<string, string> _unlisted = new(StringComparer.Ordinal);

    /// <summary>Counts a case that differs; a case may differ in several ways.</summary>
    public void Count(Deviation deviation)
    {
        var listed = table.Where(entry => entry.Recorded.Any(deviation.Why.Contains)).ToList();
        foreach (var entry in listed)
        {
            _counts[entry] = _counts.GetValueOrDefault(entry) + 1;
        }

        if (listed.Count == 0)
        {
            _unlisted[deviation.Why] = deviation.Original;
        }
    }

    public void Print(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("Deliberate differences from the real program, with the number of cases that show them:");
        foreach (var entry in table)
        {
            var count = _counts.TryGetValue(entry, out var known) ? known.ToString(CultureInfo.InvariantCulture) : "-";
            output.WriteLine($"{count, 4}  {entry.Ours}");
            output.WriteLine($"      because {entry.Why}; the original: {entry.Original}");
        }

        foreach (var (why, original) in _unlisted)
        {
            output.WriteLine($"   ?  {why}");
            output.WriteLine($"      (not in the table; the original: {original})");
        }
    }
}
