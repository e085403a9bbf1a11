using System.Diagnostics;
using System.Text.Json;

namespace VmSpawn.Benchmarks;

/// <summary>Finding, reading and judging fifty firmware descriptors, beside a JSON parser that only reads the same files.</summary>
internal static class FirmwareDiscovery
{
    private const int WarmUps = 30;
    private const double Limit = 10;

    public static Comparison Measure(ModuleSession session, FirmwareFolder folder, int pairs)
    {
        var comparison = new Comparison(
            $"Firmware discovery, {folder.Files.Count} descriptors",
            "Get-VmFirmware",
            "JSON parser",
            Limit
        );
        for (var pair = -WarmUps; pair < pairs; pair++)
        {
            var ours = Ours(session, folder);
            var parser = Parser(folder);
            if (pair >= 0)
            {
                comparison.Add(ours, parser);
            }
        }

        return comparison;
    }

    private static TimeSpan Ours(ModuleSession session, FirmwareFolder folder)
    {
        var watch = Stopwatch.StartNew();
        var found = session.RunAll("Get-VmFirmware", []);
        var took = watch.Elapsed;
        return found.Count == folder.Files.Count
            ? took
            : throw new InvalidOperationException($"{found.Count} descriptors were found.");
    }

    private static TimeSpan Parser(FirmwareFolder folder)
    {
        var watch = Stopwatch.StartNew();
        foreach (var file in folder.Files)
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
            {
                throw new InvalidOperationException($"{file} is no descriptor.");
            }
        }

        return watch.Elapsed;
    }
}
