using System.Text.Json;
using System.Text.Json.Nodes;

namespace VmSpawn.Conformance.Cases;

/// <summary>The directories that <c>$W</c> and <c>$F</c> stand for.</summary>
/// <param name="Work">The fixtures' work directory.</param>
/// <param name="Firmware">The root of the host's firmware.</param>
internal sealed record Placeholders(string Work, string Firmware)
{
    /// <summary>Text with the directories in it.</summary>
    public string Fill(string text) =>
        text.Replace("$W", Work, StringComparison.Ordinal).Replace("$F", Firmware, StringComparison.Ordinal);

    /// <summary>A copy of a JSON value with the directories in all its strings and keys.</summary>
    public JsonNode? Fill(JsonNode? node) =>
        node switch
        {
            JsonObject fields => new JsonObject(
                fields.Select(field => KeyValuePair.Create(Fill(field.Key), Fill(field.Value)))
            ),
            JsonArray items => new JsonArray([.. items.Select(Fill)]),
            JsonValue value when value.GetValueKind() == JsonValueKind.String => Fill(value.GetValue<string>()),
            _ => node?.DeepClone(),
        };

    /// <summary>Text with the placeholders back in, to be read.</summary>
    public string Shorten(string text) =>
        text.Replace(Work, "$W", StringComparison.Ordinal).Replace(Firmware, "$F", StringComparison.Ordinal);
}
