using System.Text.Json.Serialization;

namespace VmSpawn.Engine.Machines;

/// <summary>How records are written in <c>state.json</c> and on the control socket.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(MachineRecord))]
internal sealed partial class MachineRecordJsonContext : JsonSerializerContext;
