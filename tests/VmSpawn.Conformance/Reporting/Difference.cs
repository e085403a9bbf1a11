using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace VmSpawn.Conformance.Reporting;

/// <summary>One deliberate difference from the real program.</summary>
/// <param name="Ours">What we do.</param>
/// <param name="Why">Why.</param>
/// <param name="Original">What the real program does.</param>
/// <param name="Recorded">The words by which cases refer to it.</param>
internal sealed record Difference(string Ours, string Why, string Original, ImmutableArray<string> Recorded)
{
    /// <summary>Reads the table.</summary>
    public static ImmutableArray<Difference> ReadTable(string file) =>
        [
            .. JsonNode
                .Parse(File.ReadAllText(file))!
                .AsArray()
                .Select(entry => new Difference(
                    Text(entry!["ours"]),
                    Text(entry["why"]),
                    Text(entry["original"]),
                    [.. entry["recorded"]!.AsArray().Select(Text)]
                )),
        ];

    private static string Text(JsonNode? text) => text!.GetValue<string>();
}
