using System.Reflection;
using VmSpawn.Conformance.Cases;
using VmSpawn.Conformance.Fixtures;
using VmSpawn.Conformance.Reporting;

namespace VmSpawn.Conformance;

/// <summary>
/// Runs all cases: those of the repository, and the recorded ones of the folder that <c>VMSPAWN_CONFORMANCE</c> names,
/// or else of the folder beside the repository, if there is one.
/// </summary>
internal static class ConformanceRun
{
    private const string FolderVariable = "VMSPAWN_CONFORMANCE";

    private static string Repository { get; } =
        typeof(ConformanceRun)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "RepositoryRoot")
            .Value!;

    private static string OwnCases => Path.Combine(Repository, "tests", "conformance");

    /// <summary>Runs and reports.</summary>
    /// <param name="filters">Only cases whose name or group contains one of them; all without any.</param>
    /// <returns>Exit code: 0 if all cases passed.</returns>
    public static int Execute(string[] filters)
    {
        var table = Difference.ReadTable(Path.Combine(OwnCases, "differences.json"));
        var report = new Report(Console.Out, new DifferenceTable(table));
        foreach (var path in Folders())
        {
            var folder = new CaseFolder(path);
            using var fixtures = FixtureTree.Make(folder);
            var cases = folder.Read(fixtures.Placeholders).Where(candidate => Matches(candidate, filters)).ToList();
            report.Folder(path, cases.Count, fixtures.How);
            foreach (var conformanceCase in cases)
            {
                report.Case(CaseRunner.Run(conformanceCase), fixtures.Placeholders);
            }
        }

        report.Differences();
        return report.Summary();
    }

    private static IEnumerable<string> Folders()
    {
        yield return OwnCases;
        var named = Environment.GetEnvironmentVariable(FolderVariable);
        if (!string.IsNullOrEmpty(named))
        {
            yield return CaseFolder.IsOne(named)
                ? Path.GetFullPath(named)
                : throw new InvalidOperationException($"{FolderVariable} names '{named}', where there are no cases.");
        }
        else if (Path.Combine(Repository, "..", "shared", "conformance") is var beside && CaseFolder.IsOne(beside))
        {
            yield return Path.GetFullPath(beside);
        }
    }

    private static bool Matches(ConformanceCase conformanceCase, string[] filters) =>
        filters.Length == 0
        || Array.Exists(
            filters,
            filter => conformanceCase.Group == filter || conformanceCase.Name.Contains(filter, StringComparison.Ordinal)
        );
}
