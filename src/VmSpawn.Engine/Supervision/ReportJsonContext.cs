using System.Text.Json.Serialization;

namespace VmSpawn.Engine.Supervision;

/// <summary>How the report channel's lines look.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(ReportMessage))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
