using VmSpawn.Conformance.Cases;

namespace VmSpawn.Conformance.Reporting;

/// <summary>Prints what came of the cases.</summary>
internal sealed class Report(TextWriter output)
{
    private readonly Dictionary<string, (string Original, int Count)> _deviations = [];
    private int _passed;
    private int _failed;

    public void Folder(string path, int count, string fixtures) =>
        output.WriteLine($"{path}: {count} cases, fixtures made by {fixtures}");

    /// <summary>One line for a failed case, with the first fact that differs and how many more do.</summary>
    public void Case(CaseResult result, Placeholders placeholders)
    {
        if (result.Case.Deviation is { } deviation)
        {
            foreach (var why in deviation.Why.Split("; "))
            {
                _deviations.TryGetValue(why, out var known);
                _deviations[why] = (known.Original ?? deviation.Original, known.Count + 1);
            }
        }

        if (result.Passed)
        {
            _passed++;
        }
        else
        {
            _failed++;
            var more = result.Problems.Length > 1 ? $" (and {result.Problems.Length - 1} more)" : "";
            Line($"FAILED {result.Case.Group} {result.Case.Name}: {result.Problems[0]}{more}", placeholders);
        }

        foreach (var remark in result.Remarks)
        {
            Line($"note   {result.Case.Group} {result.Case.Name}: {remark}", placeholders);
        }
    }

    /// <summary>The table of deliberate differences from the real program.</summary>
    public void Differences()
    {
        if (_deviations.Count > 0)
        {
            output.WriteLine();
            output.WriteLine("Deliberate differences from the real program:");
            foreach (var (why, (original, count)) in _deviations.OrderByDescending(entry => entry.Value.Count))
            {
                output.WriteLine($"  {count, 3} x {why}");
                output.WriteLine($"        the original, for example: {original}");
            }
        }
    }

    /// <summary>The last line, which tells the exit code.</summary>
    public int Summary()
    {
        output.WriteLine();
        output.WriteLine($"{_passed} passed, {_failed} failed");
        return _failed == 0 ? 0 : 1;
    }

    private void Line(string text, Placeholders placeholders) =>
        output.WriteLine(placeholders.Shorten(text).ReplaceLineEndings(" "));
}
