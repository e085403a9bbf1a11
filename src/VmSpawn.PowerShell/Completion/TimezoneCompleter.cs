namespace VmSpawn.Completion;

/// <summary>Completes a time zone with those that this host knows.</summary>
public sealed class TimezoneCompleter : WordCompleter
{
    // Country codes, coordinates, name and comment, separated by tabs (tzdata).
    private const string Table = "/usr/share/zoneinfo/zone1970.tab";

    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        Zones().Append("UTC").Order(StringComparer.Ordinal).Select(zone => (zone, zone));

    private static IEnumerable<string> Zones()
    {
        try
        {
            return
            [
                .. File.ReadLines(Table)
                    .Where(line => !line.StartsWith('#'))
                    .Select(line => line.Split('\t'))
                    .Where(columns => columns.Length > 2)
                    .Select(columns => columns[2]),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
