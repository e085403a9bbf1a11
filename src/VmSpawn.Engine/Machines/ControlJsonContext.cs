using System.Text.Json.Serialization;

namespace VmSpawn.Engine.Machines;

/// <summary>How requests and answers look on the control socket.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(ControlRequest))]
[JsonSerializable(typeof(ControlReply))]
[JsonSerializable(typeof(Console.ConsoleRequest))]
internal sealed partial class ControlJsonContext : JsonSerializerContext;
