using System.Text.Json.Nodes;

namespace VmSpawn.Conformance.Facts;

/// <summary>
/// Compares shared directories of which the recording does not say what belongs together: version 262 starts its
/// daemons in another order than it lists its mounts. Daemons are known by their source, mounts by their target.
/// </summary>
internal static class VirtiofsComparer
{
    private static readonly string[] DaemonFacts = ["translateUid", "translateGid"];
    private static readonly string[] MountFacts = ["readOnly"];

    /// <summary>True if the recording is of that kind: several directories, and ids translated.</summary>
    public static bool IsUnordered(JsonArray expected) =>
        expected.Count > 1 && expected.Any(share => share!["translateUid"] is not null);

    public static IEnumerable<string> Compare(JsonArray expected, JsonArray actual) =>
        [
            .. Compare(expected, actual, "source", DaemonFacts),
            .. Compare(expected, actual, "target", MountFacts),
            .. expected.Any(IsRoot) == actual.Any(IsRoot)
                ? Array.Empty<string>()
                : ["virtiofs differ in having a root"],
        ];

    private static IEnumerable<string> Compare(JsonArray expected, JsonArray actual, string key, string[] facts)
    {
        var wanted = Keys(expected, key);
        var given = Keys(actual, key);
        if (!wanted.SequenceEqual(given))
        {
            yield return $"virtiofs {key}s are {string.Join(", ", given)}, not {string.Join(", ", wanted)}";
            yield break;
        }

        foreach (var share in expected.Where(share => share![key] is not null))
        {
            var other = actual.Single(candidate => Text(candidate![key]) == Text(share![key]))!;
            foreach (
                var fact in facts.Where(fact => share![fact] is not null && Text(share[fact]) != Text(other[fact]))
            )
            {
                yield return FactComparer.Difference($"virtiofs {Text(share![key])} {fact}", share[fact], other[fact]);
            }
        }
    }

    private static List<string> Keys(JsonArray shares, string key) =>
        [.. shares.Select(share => Text(share![key])).Order(StringComparer.Ordinal)];

    private static bool IsRoot(JsonNode? share) => share!["tagIsRoot"]!.GetValue<bool>();

    // A translation that changes nothing is none; the root of the tree has no target.
    private static string Text(JsonNode? value) =>
        value?.ToString() switch
        {
            null or "map:0:0:65536" => "-",
            var text => text,
        };
}
