using System.Globalization;
using System.Text.Json.Nodes;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Conformance.Facts;

/// <summary>The disks: each device with the block node it shows.</summary>
internal static class DriveFacts
{
    public static void Add(JsonObject facts, LaunchPlan plan, PlannedOptions options)
    {
        var nodes = options.Lists("-blockdev").ToDictionary(node => node["node-name"]!);
        var extra = new JsonArray();
        foreach (var device in options.Lists("-device"))
        {
            if (device["drive"] is not { } name || !nodes.TryGetValue(name, out var node))
            {
                continue;
            }

            var drive = Drive(device, node, plan);
            if (device["bootindex"] is { } index)
            {
                drive["bootindex"] = int.Parse(index, CultureInfo.InvariantCulture);
                facts["primaryDrive"] = drive;
            }
            else
            {
                extra.Add(drive);
            }
        }

        facts["extraDrives"] = extra;
        facts["grownTo"] = plan
            .Files.OfType<GrownFile>()
            .Where(IsLonger)
            .Select(file => (long?)file.Length)
            .FirstOrDefault();
    }

    private static JsonObject Drive(OptionList device, OptionList node, LaunchPlan plan)
    {
        var file = node["file.filename"];
        var overlay = plan.Files.OfType<OverlayFile>().FirstOrDefault(candidate => candidate.Path == file);
        return new JsonObject
        {
            ["path"] = overlay?.Base ?? file,
            ["format"] = overlay?.BaseFormat ?? node["driver"],
            ["diskType"] = DiskType(device.Head!),
            ["readOnly"] = node["read-only"] == "on",
            ["discard"] = node["discard"] == "unmap",
            ["cache"] = node["cache.no-flush"] == "on" ? "unsafe" : "safe",
            ["ephemeral"] = overlay is not null,
            ["virtualSize"] = overlay?.VirtualSize,
            ["serial"] = device["serial"],
        };
    }

    private static string DiskType(string device) =>
        device switch
        {
            "scsi-hd" => "virtio-scsi",
            _ when device.StartsWith("virtio-blk-", StringComparison.Ordinal) => "virtio-blk",
            _ => device,
        };

    private static bool IsLonger(GrownFile file) =>
        !File.Exists(file.Path) || file.Length > new FileInfo(file.Path).Length;
}
