using System.Text.Encodings.Web;
using System.Text.Json;

namespace VmSpawn.Conformance.Facts;

/// <summary>How JSON is printed for people.</summary>
internal static class JsonText
{
    /// <summary>On one line, with characters as they are.</summary>
    public static JsonSerializerOptions Readable { get; } =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
