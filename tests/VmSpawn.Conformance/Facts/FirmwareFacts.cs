using System.Text.Json.Nodes;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Conformance.Facts;

/// <summary>Firmware and its variable store.</summary>
internal static class FirmwareFacts
{
    public static void Add(JsonObject facts, ResolvedVm vm, LaunchPlan plan, PlannedOptions options)
    {
        var flash = options.Lists("-drive").Where(drive => drive["if"] == "pflash").ToList();
        var code = flash.Find(drive => drive["readonly"] == "on");
        var variables = flash.Find(drive => drive["readonly"] != "on");
        var copy = plan.Files.OfType<CopiedFile>().FirstOrDefault(file => file.Path == variables?["file"]);
        facts["firmwareMode"] = vm.Firmware.Mode switch
        {
            FirmwareMode.Bios => "bios",
            FirmwareMode.None => "none",
            _ => "uefi",
        };
        facts["firmwareCode"] = code?["file"] ?? options.Value("-bios");
        facts["firmwareFormat"] = code?["format"];
        facts["secureBootFirmware"] = vm.Firmware.SecureBoot;
        facts["nvramTemplate"] = copy?.Source;
        facts["nvramFormat"] = variables?["format"];
        facts["nvramState"] =
            copy is null ? null
            : copy.Path.StartsWith(plan.RunDirectory + "/", StringComparison.Ordinal) ? "temporary"
            : copy.Path;
    }
}
