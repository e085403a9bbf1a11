using System.Text.Json.Nodes;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Conformance.Facts;

/// <summary>The helpers' command lines by helper, and what the journal's receiver is told.</summary>
internal static class HelperFacts
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["virtiofsd"] = "virtiofsd",
        ["swtpm"] = "swtpm",
        ["swtpm_setup"] = "swtpm_setup",
        ["ssh-keygen"] = "sshKeygen",
        ["systemd-journal-remote"] = "journalRemote",
    };

    public static void Add(JsonObject facts, LaunchPlan plan)
    {
        var helpers = new JsonObject();
        foreach (var argv in Commands(plan))
        {
            if (Names.TryGetValue(Path.GetFileName(argv[0]), out var name))
            {
                helpers[name] ??= new JsonArray();
                helpers[name]!.AsArray().Add(PlanFacts.Words(argv));
            }
        }

        facts["helpers"] = helpers;
        if (helpers["journalRemote"]?[0] is JsonArray receiver)
        {
            facts["journal"] = Journal(
                [.. receiver.Select(word => word!.GetValue<string>())],
                plan.Helpers.Single(helper => helper.ListenVsockPort is not null)
            );
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Commands(LaunchPlan plan)
    {
        foreach (var file in plan.Files.OfType<CommandFile>())
        {
            yield return file.Argv;
        }

        foreach (var helper in plan.Helpers)
        {
            foreach (var command in helper.Prepare)
            {
                yield return command;
            }

            yield return helper.Argv;
        }
    }

    private static JsonObject Journal(IReadOnlyList<string> argv, PlannedHelper helper)
    {
        var facts = new JsonObject();
        foreach (var (option, fact) in new[] { ("--output", "output"), ("--split-mode", "splitMode") })
        {
            facts[fact] = Option(argv, option);
        }

        foreach (
            var (option, fact) in new[]
            {
                ("--max-use", "maxUse"),
                ("--keep-free", "keepFree"),
                ("--max-file-size", "maxFileSize"),
                ("--max-files", "maxFiles"),
            }
        )
        {
            facts[fact] = Option(argv, option) is { } number
                ? long.Parse(number, System.Globalization.CultureInfo.InvariantCulture)
                : null;
        }

        // The host is CID 2 (vsock(7)).
        facts["listen"] = $"vsock:2:{helper.ListenVsockPort}";
        facts["directoryCreated"] = helper.Directories.Contains(facts["output"]!.GetValue<string>());
        return facts;
    }

    /// <summary>The value of an option in either form.</summary>
    public static string? Option(IReadOnlyList<string> argv, string option)
    {
        for (var i = 0; i < argv.Count; i++)
        {
            if (argv[i] == option && i + 1 < argv.Count)
            {
                return argv[i + 1];
            }

            if (argv[i].StartsWith(option + "=", StringComparison.Ordinal))
            {
                return argv[i][(option.Length + 1)..];
            }
        }

        return null;
    }
}
