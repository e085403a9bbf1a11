using System.Text.Json.Nodes;

namespace VmSpawn.Benchmarks;

/// <summary>
/// Fifty firmware descriptors in the user's own directory. Those of the host have the same names, so that they are hidden
/// and these fifty are all there are.
/// </summary>
internal sealed class FirmwareFolder : IDisposable
{
    private const int Count = 50;
    private const string Variable = "XDG_CONFIG_HOME";

    private readonly string? _before = Environment.GetEnvironmentVariable(Variable);

    public FirmwareFolder(string directory)
    {
        var folder = Path.Join(directory, "qemu", "firmware");
        Directory.CreateDirectory(folder);
        var code = Path.Join(directory, "code.fd");
        File.WriteAllText(code, "code");
        string[] hosts = ["/etc/qemu/firmware", "/usr/share/qemu/firmware"];
        var names = hosts
            .Where(Directory.Exists)
            .SelectMany(host => Directory.EnumerateFiles(host, "*.json"))
            .Select(path => Path.GetFileName(path))
            .Distinct(StringComparer.Ordinal)
            .Concat(Enumerable.Range(0, Count).Select(number => $"90-{number:D2}.json"))
            .Take(Count);
        Files = [.. names.Select(name => Write(Path.Join(folder, name), code))];
        Environment.SetEnvironmentVariable(Variable, directory);
    }

    /// <summary>Paths of the descriptors.</summary>
    public IReadOnlyList<string> Files { get; }

    public void Dispose() => Environment.SetEnvironmentVariable(Variable, _before);

    // As long as an ordinary one: QEMU's docs/interop/firmware.json has such examples.
    private static string Write(string path, string code)
    {
        var file = new JsonObject { ["filename"] = code, ["format"] = "raw" };
        var descriptor = new JsonObject
        {
            ["description"] = $"UEFI firmware for the benchmark, {Path.GetFileName(path)}",
            ["interface-types"] = new JsonArray("uefi"),
            ["mapping"] = new JsonObject
            {
                ["device"] = "flash",
                ["mode"] = "split",
                ["executable"] = file,
                ["nvram-template"] = file.DeepClone(),
            },
            ["targets"] = new JsonArray(
                new JsonObject { ["architecture"] = "x86_64", ["machines"] = new JsonArray("pc-q35-*") },
                new JsonObject { ["architecture"] = "aarch64", ["machines"] = new JsonArray("virt-*") }
            ),
            ["features"] = new JsonArray("acpi-s3", "amd-sev", "requires-smm", "secure-boot", "verbose-dynamic"),
            ["tags"] = new JsonArray("-a X64", "-p OvmfPkg/OvmfPkgX64.dsc", "-t GCC5"),
        };
        File.WriteAllText(path, descriptor.ToJsonString(new() { WriteIndented = true }));
        return path;
    }
}
