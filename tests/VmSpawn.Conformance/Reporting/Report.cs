using VmSpawn.Conformance.Cases;

namespace VmSpawn.Conformance.Reporting;

/// <summary>Prints what came of the cases.</summary>
internal sealed class Report(TextWriter output, DifferenceTable differences)
{
    private int _passed;
    private int _failed;

    public void Folder(string path, int count, string fixtures) =>
        output.WriteLine($"{path}: {count} cases, fixtures made by {fixtures}");

    /// <summary>One line for a failed case, with the first fact that differs and how many more do.</summary>
    public void Case(CaseResult result, Placeholders placeholders)
    {
        if (result.Case.Deviation is { } deviation)
        {
            differences.Count(deviation);
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
    public void Differences() => differences.Print(output);

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
