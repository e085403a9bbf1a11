using System.Text.Json.Nodes;
using VmSpawn.Engine.Arguments;

namespace VmSpawn.Conformance.Facts;

/// <summary>What concerns the one who starts the VM and not the VM itself, so that no plan has it.</summary>
internal static class PresentationFacts
{
    public static void Add(JsonObject facts, ParsedCommandLine commandLine)
    {
        object? Last(string name) => commandLine.Values.LastOrDefault(value => value.Name == name)?.Value;

        facts["background"] = (string?)Last("Background");
        facts["notifyReady"] = (bool?)Last("NotifyReady") ?? true;
    }
}
