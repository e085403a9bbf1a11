using System.Text.Json.Serialization;

namespace VmSpawn.Engine.Planning;

/// <summary>Source-generated serialization of plans, as trimming and AOT demand.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true
)]
[JsonSerializable(typeof(LaunchPlan))]
internal sealed partial class LaunchPlanJsonContext : JsonSerializerContext;
