using System.Text.Json;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Planning;

/// <summary>A <see cref="LaunchPlan"/> as UTF-8 JSON: what the supervisor is handed, and what is kept of it.</summary>
public static class LaunchPlanJson
{
    /// <summary>The whole plan, with the bytes of secret files: only for a descriptor nobody else can read.</summary>
    public static byte[] Serialize(LaunchPlan plan) =>
        JsonSerializer.SerializeToUtf8Bytes(plan, LaunchPlanJsonContext.Default.LaunchPlan);

    /// <summary>The plan without the bytes of secret files, to be kept in the run directory.</summary>
    public static byte[] SerializeRedacted(LaunchPlan plan) => Serialize(plan.Redacted());

    /// <summary>Reads a plan back.</summary>
    /// <exception cref="VmSpawnException">It is no plan (<c>InvalidPlan</c>).</exception>
    public static LaunchPlan Deserialize(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, LaunchPlanJsonContext.Default.LaunchPlan)
                ?? throw new JsonException("It is null.");
        }
        catch (Exception e)
            when (e is JsonException or NotSupportedException or InvalidOperationException or FormatException)
        {
            throw new VmSpawnException(
                "InvalidPlan",
                VmErrorKind.InvalidData,
                $"This is no launch plan: {e.Message}",
                innerException: e
            );
        }
    }
}
