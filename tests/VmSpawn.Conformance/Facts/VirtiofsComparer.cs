using System.Text.Json.Nodes;

namespace VmSpawn.Conformance.Facts;

/// <summary>
/// Compares shared directories of which the recording does not say what belongs together: version 262 starts its
/// daemons in another order than it lists its mounts, so that daemons and mounts are compared each by themselves.
/// </summary>
internal static class VirtiofsComparer
{
    private static readonly string[] DaemonFacts = ["source", "translateUid", "translateGid"];
    private static readonly string[] MountFacts = ["tagIsRoot", "target", "readOnly"];

    /// <summary>True if the recording is of that kind: several directories, and ids translated.</summary>
    public static bool IsUnordered(JsonArray expected) =>
        expected.Count > 1 && expected.Any(share => share!["translateUid"] is not null);

    public static IEnumerable<string> Compare(JsonArray expected, JsonArray actual)
    {
        foreach (var facts in new[] { DaemonFacts, MountFacts })
        {
            var wanted = Rows(expected, facts);
            var given = Rows(actual, facts);
            if (!wanted.SequenceEqual(given))
            {
                yield return $"virtiofs {string.Join('/', facts)} are {string.Join(", ", given)}, not {string.Join(", ", wanted)}";
            }
        }
    }

    private static List<string> Rows(JsonArray shares, string[] facts) =>
        [
            .. shares
                .Select(share => string.Join(' ', facts.Select(fact => Text(share![fact]))))
                .Order(StringComparer.Ordinal),
        ];

    // A translation that changes nothing is none; the root of the tree has no target.
    private static string Text(JsonNode? value) =>
        value?.ToString() switch
        {
            null or "map:0:0:65536" => "-",
            "False" or "false" => "-",
            var text => text,
        };
}
