using System.Text.Json.Nodes;

namespace VmSpawn.Conformance.Facts;

/// <summary>How the console reaches the guest.</summary>
internal static class ConsoleFacts
{
    public static void Add(JsonObject facts, PlannedOptions options)
    {
        var virtio = options.Lists("-device", "virtconsole").Any();
        var serial = options.Lists("-serial").Any();
        facts["consoleDevice"] = virtio || serial;
        facts["consoleTransport"] =
            virtio ? "virtio"
            : serial ? "serial"
            : null;
        const string Prefix = "console=";
        facts["consoleTty"] = ((facts["kernelCommandLine"] ?? facts["firmwareCommandLine"])?.GetValue<string>() ?? "")
            .Split(' ')
            .FirstOrDefault(word => word.StartsWith(Prefix, StringComparison.Ordinal))
            ?[Prefix.Length..];
    }
}
