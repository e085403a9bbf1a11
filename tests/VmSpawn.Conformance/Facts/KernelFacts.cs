using System.Security.Cryptography;
using System.Text.Json.Nodes;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Conformance.Facts;

/// <summary>Kernel, ramdisks and command line.</summary>
internal static class KernelFacts
{
    private static readonly string[] OurWords =
    [
        "console=",
        "TERM=",
        "systemd.tty.",
        "systemd.minimum_uptime_sec=",
        // Shared directories are a fact of their own; the original hands them over in a credential since 261.
        "systemd.mount-extra=",
    ];

    public static void Add(JsonObject facts, LaunchPlan plan, PlannedOptions options)
    {
        facts["kernel"] = options.Value("-kernel");
        facts["kernelCommandLine"] = options.Value("-append") is { } line ? MountArgument.HideTags(line) : null;
        if (facts["firmwareCommandLine"] is { } extra)
        {
            facts["firmwareCommandLine"] = MountArgument.HideTags(extra.GetValue<string>());
        }

        var words = (facts["kernelCommandLine"] ?? facts["firmwareCommandLine"])?.GetValue<string>() ?? "";
        facts["commandLineWords"] = PlanFacts.Words(
            words
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Where(word => !OurWords.Any(our => word.StartsWith(our, StringComparison.Ordinal)))
        );
        AddInitrds(facts, plan, options.Value("-initrd"));
    }

    private static void AddInitrds(JsonObject facts, LaunchPlan plan, string? initrd)
    {
        if (plan.Files.OfType<JoinedFile>().FirstOrDefault(file => file.Path == initrd) is not { } joined)
        {
            facts["initrds"] = initrd is null ? [] : new JsonArray(initrd);
            return;
        }

        facts["initrds"] = PlanFacts.Words(joined.Sources);
        if (joined.Sources.All(File.Exists))
        {
            var content = Join(joined);
            facts["mergedSha256"] = Convert.ToHexStringLower(SHA256.HashData(content));
            facts["mergedSize"] = content.Length;
        }
    }

    private static byte[] Join(JoinedFile file)
    {
        using var content = new MemoryStream();
        foreach (var source in file.Sources)
        {
            while (content.Length % file.Alignment != 0)
            {
                content.WriteByte(0);
            }

            content.Write(File.ReadAllBytes(source));
        }

        return content.ToArray();
    }
}
