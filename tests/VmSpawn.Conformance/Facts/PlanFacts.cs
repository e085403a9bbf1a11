using System.Globalization;
using System.Text.Json.Nodes;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Conformance.Facts;

/// <summary>The facts of a plan, in the words of the conformance data: read from what QEMU and the helpers would get.</summary>
internal static class PlanFacts
{
    public static JsonObject Of(ResolvedVm vm, LaunchPlan plan)
    {
        var options = new PlannedOptions(plan);
        var facts = new JsonObject
        {
            ["machineName"] = plan.Name,
            ["qemuBinary"] = plan.QemuArgv[0],
            ["console"] = ConsoleModeText.Format(vm.Console),
            ["extraQemuArguments"] = Words(plan.ExtraQemuArguments),
            ["uuid"] = options.Value("-uuid"),
            ["vmgenid"] = options.Lists("-device", "vmgenid").SingleOrDefault()?["guid"],
            ["nic"] = Nic(options),
            ["vsockCid"] = VsockCid(options),
            ["register"] = vm.Registration?.Machine is not null,
            ["tpm"] = TpmFacts.Of(plan, options),
        };
        AddMachine(facts, options);
        FirmwareFacts.Add(facts, vm, plan, options);
        DriveFacts.Add(facts, plan, options);
        SmbiosFacts.Add(facts, plan, options);
        HelperFacts.Add(facts, plan);
        VirtiofsFacts.Add(facts, plan, options);
        KernelFacts.Add(facts, plan, options);
        ConsoleFacts.Add(facts, options);
        return facts;
    }

    /// <summary>A JSON array of words.</summary>
    public static JsonArray Words(IEnumerable<string> words) => new([.. words.Select(word => (JsonNode)word)]);

    private static void AddMachine(JsonObject facts, PlannedOptions options)
    {
        var machine = options.Lists("-machine").Single();
        var memory = options.Lists("-m").Single();
        var accelerator = options.Lists("-accel").Single();
        facts["machineType"] = machine["type"] ?? machine.Head;
        facts["smm"] = machine["smm"] == "on";
        facts["sharedMemory"] =
            machine["memory-backend"] is { } backend
            && options.Lists("-object", "memory-backend-memfd").Any(o => o["id"] == backend && o["share"] == "on");
        facts["cpus"] = options.Value("-smp");
        facts["ramMiB"] = Mebibytes(memory["size"] ?? memory.Head);
        facts["ramMaxMiB"] = Mebibytes(memory["maxmem"]);
        facts["ramSlots"] = memory["slots"] is { } slots ? int.Parse(slots, CultureInfo.InvariantCulture) : null;
        facts["accel"] = accelerator.Head;
        facts["kvmPassedFd"] = accelerator["device"]?.StartsWith("/dev/fdset/", StringComparison.Ordinal) == true;
        facts["cpuModel"] = options.Value("-cpu");
    }

    private static JsonNode? Mebibytes(string? size) =>
        size is null ? null
        : ByteSize.TryParse(size, out var bytes) ? (JsonNode)bytes.MebibytesRoundedUp
        : size;

    private static JsonObject Nic(PlannedOptions options)
    {
        var nic = options.Lists("-nic").Single();
        var facts = new JsonObject { ["kind"] = nic.Head };
        foreach (var (fact, key) in new[] { ("ifName", "ifname"), ("mac", "mac"), ("model", "model") })
        {
            if (nic[key] is { } value)
            {
                facts[fact] = value;
            }
        }

        return facts;
    }

    private static JsonNode? VsockCid(PlannedOptions options) =>
        options
            .Lists("-device")
            .FirstOrDefault(device => device.Head?.StartsWith("vhost-vsock-", StringComparison.Ordinal) == true)
            ?["guest-cid"]
            is { } cid
            ? long.Parse(cid, CultureInfo.InvariantCulture)
            : null;
}
