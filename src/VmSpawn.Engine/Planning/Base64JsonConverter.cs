using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VmSpawn.Engine.Planning;

/// <summary>Bytes as one base64 string instead of an array of numbers.</summary>
internal sealed class Base64JsonConverter : JsonConverter<ImmutableArray<byte>>
{
    /// <inheritdoc/>
    public override ImmutableArray<byte> Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => [.. reader.GetBytesFromBase64()];

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ImmutableArray<byte> value, JsonSerializerOptions options) =>
        writer.WriteBase64StringValue(value.AsSpan());
}
