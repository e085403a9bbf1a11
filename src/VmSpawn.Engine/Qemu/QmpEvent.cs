using System.Text.Json;

namespace VmSpawn.Engine.Qemu;

/// <summary>Something QEMU reports by itself (QEMU's QMP reference, "events").</summary>
/// <param name="Name">Such as <c>SHUTDOWN</c>.</param>
/// <param name="Data">Its data, or an undefined element.</param>
internal sealed record QmpEvent(string Name, JsonElement Data)
{
    /// <summary>A text of the data, or <see langword="null"/>.</summary>
    public string? GetText(string property) =>
        Data.ValueKind == JsonValueKind.Object
        && Data.TryGetProperty(property, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
