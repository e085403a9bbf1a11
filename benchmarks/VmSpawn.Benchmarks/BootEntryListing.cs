using System.Diagnostics;

namespace VmSpawn.Benchmarks;

/// <summary>Reading and sorting ten thousand boot entries, beside a program that only reads the lines of the same files.</summary>
internal static class BootEntryListing
{
    private const int WarmUps = 2;
    private const double Limit = 1000;

    public static Comparison Measure(ModuleSession session, BootEntryFolder folder, int pairs)
    {
        var comparison = new Comparison(
            $"Boot menu, {folder.Files.Count} entries",
            "Get-VmBootEntry",
            "line reader",
            Limit
        );
        for (var pair = -WarmUps; pair < pairs; pair++)
        {
            var ours = Ours(session, folder);
            var reader = Reader(folder);
            if (pair >= 0)
            {
                comparison.Add(ours, reader);
            }
        }

        return comparison;
    }

    private static TimeSpan Ours(ModuleSession session, BootEntryFolder folder)
    {
        var watch = Stopwatch.StartNew();
        var found = session.RunAll("Get-VmBootEntry", new Dictionary<string, object> { ["Path"] = folder.Tree });
        var took = watch.Elapsed;
        return found.Count == folder.Files.Count
            ? took
            : throw new InvalidOperationException($"{found.Count} boot entries were found.");
    }

    private static TimeSpan Reader(BootEntryFolder folder)
    {
        var watch = Stopwatch.StartNew();
        foreach (var file in folder.Files)
        {
            if (File.ReadAllLines(file).Length == 0)
            {
                throw new InvalidOperationException($"{file} is empty.");
            }
        }

        return watch.Elapsed;
    }
}
