using System.Text.Json.Nodes;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Conformance.Facts;

/// <summary>The TPM.</summary>
internal static class TpmFacts
{
    public static JsonObject? Of(LaunchPlan plan, PlannedOptions options)
    {
        var device = options
            .Lists("-device")
            .FirstOrDefault(candidate => candidate.Head?.StartsWith("tpm-", StringComparison.Ordinal) == true);
        if (device is null)
        {
            return null;
        }

        const string State = "dir=";
        var state = plan
            .Helpers.SelectMany(helper => helper.Argv)
            .FirstOrDefault(word => word.StartsWith(State, StringComparison.Ordinal))
            ?[State.Length..].Split(',')[0];
        return new JsonObject
        {
            ["device"] = device.Head,
            ["state"] =
                state?.StartsWith(plan.RunDirectory + "/", StringComparison.Ordinal) == true ? "temporary" : state,
        };
    }
}
