using System.Text.Json.Nodes;

namespace VmSpawn.Conformance.Fixtures;

/// <summary>Firmware descriptors: those of a host with OVMF, and some that are given by path, broken or odd as their names say.</summary>
internal static class FirmwareFiles
{
    private const string Secure = "50-edk2-x86_64-secure.json";
    private const string Plain = "60-edk2-x86_64.json";
    private static readonly string[] SecureFeatures =
    [
        "acpi-s3",
        "amd-sev",
        "requires-smm",
        "secure-boot",
        "verbose-dynamic",
    ];

    /// <summary>What a Debian host has, below the firmware root.</summary>
    public static void WriteHostFirmware(this FixtureWriter host)
    {
        host.Directory("etc/qemu/firmware");
        foreach (
            var name in (string[])
                [
                    "OVMF_CODE_4M.fd",
                    "OVMF_CODE_4M.secboot.fd",
                    "OVMF_CODE_4M.ms.fd",
                    "OVMF_VARS_4M.fd",
                    "OVMF_VARS_4M.ms.fd",
                ]
        )
        {
            host.Text($"usr/share/OVMF/{name}", $"stand-in for {name}\n");
        }

        foreach (var (name, descriptor) in HostDescriptors(host))
        {
            host.Text($"usr/share/qemu/firmware/{name}", descriptor.ToJsonString() + "\n");
        }
    }

    /// <summary>Those below <c>fw</c>.</summary>
    public static void WriteNamedFirmware(this FixtureWriter writer, FixtureWriter host)
    {
        var descriptors = HostDescriptors(host);
        var code = writer.PathOf("fw/code,1.fd");
        var variables = writer.PathOf("fw/vars.fd");
        writer.Text("fw/vars.fd", "VARS");
        writer.Text("fw/code,1.fd", "CODE");
        JsonObject Descriptor(string? template, string[] features, string architecture = "x86_64") =>
            Make("x", code, template, features, "qcow2", architecture, "pc-q35-*");
        string[] secure = ["secure-boot", "acpi-s3"];
        var noTags = Descriptor(variables, secure);
        noTags.Remove("tags");
        var split = Descriptor(variables, secure);
        split["mapping"]!["mode"] = "split";
        var extra = Descriptor(variables, secure);
        extra["x-extra"] = 1;
        foreach (
            var (name, text) in new (string, string)[]
            {
                ("copy.json", descriptors[Plain].ToJsonString()),
                ("with,comma.json", descriptors[Secure].ToJsonString()),
                ("bad-syntax.json", "{\n"),
                ("empty-obj.json", "{}\n"),
                ("zero.json", ""),
                ("array.json", "[]\n"),
                ("qcow2.json", Descriptor(variables, secure).ToJsonString()),
                ("missing-vars.json", Descriptor("/nonexistent/vars.fd", secure).ToJsonString()),
                ("nosb.json", Descriptor(variables, []).ToJsonString()),
                ("stateless.json", Descriptor(null, secure).ToJsonString()),
                ("aarch64.json", Descriptor(variables, secure, "aarch64").ToJsonString()),
                ("notags.json", noTags.ToJsonString()),
                ("mode-split.json", split.ToJsonString()),
                ("extra-top.json", extra.ToJsonString()),
                ($"xdg/qemu/firmware/10-mine.json", Descriptor(variables, []).ToJsonString()),
                ($"xdg/qemu/firmware/{Plain}", Descriptor(variables, secure).ToJsonString()),
                ($"xdg/qemu/firmware/05-bad.json", "{\n"),
                ($"xdg/qemu/firmware/note.txt", "hi\n"),
                (
                    "xdgenrolled/qemu/firmware/10-enr.json",
                    Descriptor(variables, ["secure-boot", "enrolled-keys"]).ToJsonString()
                ),
            }
        )
        {
            writer.Text($"fw/{name}", text);
        }

        writer.Link($"fw/xdgmask/qemu/firmware/{Secure}", "/dev/null");
    }

    private static Dictionary<string, JsonObject> HostDescriptors(FixtureWriter host)
    {
        JsonObject Ovmf(
            string description,
            string kind,
            string variables,
            string[] features,
            params string[] machines
        ) =>
            Make(
                description,
                host.PathOf($"usr/share/OVMF/OVMF_CODE_4M{kind}.fd"),
                host.PathOf($"usr/share/OVMF/OVMF_VARS_4M{variables}.fd"),
                features,
                "raw",
                "x86_64",
                machines
            );

        const string Common = "UEFI firmware for x86_64, ";
        return new Dictionary<string, JsonObject>
        {
            ["40-edk2-x86_64-secure-enrolled.json"] = Ovmf(
                Common + "with Secure Boot, required SMM, SB enabled, MS certs enrolled",
                ".ms",
                ".ms",
                ["acpi-s3", "amd-sev", "enrolled-keys", "requires-smm", "secure-boot", "verbose-dynamic"],
                "pc-q35-*"
            ),
            [Secure] = Ovmf(
                Common + "with Secure Boot, required SMM, empty varstore",
                ".secboot",
                "",
                SecureFeatures,
                "pc-q35-*"
            ),
            [Plain] = Ovmf(
                Common + "without Secure Boot, optional SMM, empty varstore",
                "",
                "",
                ["acpi-s3", "amd-sev", "verbose-dynamic"],
                "pc-i440fx-*",
                "pc-q35-*"
            ),
        };
    }

    private static JsonObject Make(
        string description,
        string code,
        string? template,
        string[] features,
        string format,
        string architecture,
        params string[] machines
    )
    {
        var mapping = new JsonObject { ["device"] = "flash", ["executable"] = Blob(code, format) };
        if (template is not null)
        {
            mapping["nvram-template"] = Blob(template, format);
        }

        return new JsonObject
        {
            ["description"] = description,
            ["interface-types"] = new JsonArray("uefi"),
            ["mapping"] = mapping,
            ["targets"] = new JsonArray(
                new JsonObject { ["architecture"] = architecture, ["machines"] = Array(machines) }
            ),
            ["features"] = Array(features),
            ["tags"] = new JsonArray(),
        };
    }

    private static JsonObject Blob(string path, string format) => new() { ["filename"] = path, ["format"] = format };

    private static JsonArray Array(string[] words) => new([.. words.Select(word => (JsonNode)word)]);
}
