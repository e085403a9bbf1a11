using System.Text.Json.Nodes;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Conformance.Facts;

/// <summary>The shared directories: each device with its daemon, which it meets at the socket of its character device.</summary>
internal static class VirtiofsFacts
{
    public static void Add(JsonObject facts, LaunchPlan plan, PlannedOptions options)
    {
        var sockets = options
            .Lists("-chardev", "socket")
            .Where(device => device["path"] is not null)
            .ToDictionary(device => device["id"]!, device => device["path"]!);
        var line = options.Value("-append") ?? facts["firmwareCommandLine"]?.GetValue<string>() ?? "";
        var shares = new JsonArray();
        var devices = options
            .Lists("-device")
            .Where(device => device.Head?.StartsWith("vhost-user-fs-", StringComparison.Ordinal) == true);
        foreach (var device in devices)
        {
            var socket = sockets.GetValueOrDefault(device["chardev"]!);
            var daemon = plan.Helpers.FirstOrDefault(helper =>
                helper.ListenPath == socket || helper.AwaitSocket == socket
            );
            shares.Add(Share(device["tag"]!, daemon?.Argv ?? [], line));
        }

        facts["virtiofs"] = shares;
    }

    private static JsonObject Share(string tag, IReadOnlyList<string> argv, string commandLine)
    {
        var share = new JsonObject
        {
            ["source"] = HelperFacts.Option(argv, "--shared-dir") ?? HelperFacts.Option(argv, "source"),
            ["tagIsRoot"] = tag == "root",
            ["uidMap"] = UidMap(argv),
            ["translateUid"] = HelperFacts.Option(argv, "--translate-uid"),
            ["translateGid"] = HelperFacts.Option(argv, "--translate-gid"),
        };
        if (MountArgument.Find(commandLine, tag) is { } mount)
        {
            share["target"] = mount.Target;
            share["readOnly"] = mount.IsReadOnly;
        }

        return share;
    }

    // Both forms of one mapping: by a user namespace, and by virtiofsd itself.
    private static string? UidMap(IReadOnlyList<string> argv) =>
        HelperFacts.Option(argv, "--uid-map")
        ?? (HelperFacts.Option(argv, "--translate-uid") is ['m', 'a', 'p', .. var range] ? $"{range}:" : null);
}
