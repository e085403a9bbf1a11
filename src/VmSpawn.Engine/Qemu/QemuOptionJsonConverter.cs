using System.Text.Json;
using System.Text.Json.Serialization;

namespace VmSpawn.Engine.Qemu;

/// <summary>A <see cref="QemuOption"/> as the array of its one or two words.</summary>
internal sealed class QemuOptionJsonConverter : JsonConverter<QemuOption>
{
    /// <inheritdoc/>
    public override QemuOption Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            throw new JsonException("A QEMU option is an array of one or two strings.");
        }

        var name = NextString(ref reader) ?? throw new JsonException("A QEMU option needs a name.");
        var value = NextString(ref reader);
        if (value is not null && NextString(ref reader) is not null)
        {
            throw new JsonException("A QEMU option has at most two words.");
        }

        return QemuOption.FromWords(name, value);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, QemuOption value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var word in value.Words)
        {
            writer.WriteStringValue(word);
        }

        writer.WriteEndArray();
    }

    private static string? NextString(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType is JsonTokenType.EndArray ? null : reader.GetString();
    }
}
