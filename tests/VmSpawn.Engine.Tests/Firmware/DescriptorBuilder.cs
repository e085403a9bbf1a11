using System.Text.Json.Nodes;

namespace VmSpawn.Engine.Tests.Firmware;

/// <summary>Makes descriptors: by default ordinary UEFI firmware for q35 with a variable store.</summary>
internal static class DescriptorBuilder
{
    public static JsonObject Ordinary(string code, string? vars, params string[] features)
    {
        var mapping = new JsonObject { ["device"] = "flash", ["executable"] = File(code) };
        if (vars is null)
        {
            mapping["mode"] = "stateless";
        }
        else
        {
            mapping["nvram-template"] = File(vars);
        }

        return new JsonObject
        {
            ["description"] = "Test firmware",
            ["interface-types"] = new JsonArray("uefi"),
            ["mapping"] = mapping,
            ["targets"] = new JsonArray(Target("x86_64", "pc-q35-*")),
            ["features"] = new JsonArray([.. features.Select(feature => (JsonNode)feature)]),
            ["tags"] = new JsonArray(),
        };
    }

    public static JsonObject Target(string architecture, string machine) =>
        new() { ["architecture"] = architecture, ["machines"] = new JsonArray(machine) };

    public static JsonObject File(string path, string format = "raw") =>
        new() { ["filename"] = path, ["format"] = format };

    public static JsonObject With(this JsonObject descriptor, string key, JsonNode? value)
    {
        descriptor[key] = value;
        return descriptor;
    }

    public static JsonObject WithMapping(this JsonObject descriptor, string key, JsonNode? value)
    {
        descriptor["mapping"]![key] = value;
        return descriptor;
    }

    public static JsonObject Without(this JsonObject descriptor, string key)
    {
        descriptor.Remove(key);
        return descriptor;
    }
}
