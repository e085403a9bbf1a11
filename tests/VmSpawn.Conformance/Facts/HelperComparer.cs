using System.Text.Json.Nodes;

namespace VmSpawn.Conformance.Facts;

/// <summary>
/// Compares helpers' command lines as sets of options. How the socket gets to the helper is left out, and so are the
/// places that are ours to choose: <c>&lt;FD&gt;</c>, <c>&lt;TPMSTATE&gt;</c> and <c>&lt;KEYFILE&gt;</c>.
/// </summary>
internal static class HelperComparer
{
    private static readonly string[] SocketOptions = ["--fd", "--socket-path", "--ctrl", "--listen", "--server"];
    private static readonly string[] FreeOptions = ["--log-level", "--sandbox", "--cache", "--flags", "--terminate"];

    public static IEnumerable<string> Compare(JsonObject expected, JsonObject actual)
    {
        foreach (var (helper, commands) in expected)
        {
            var others = actual[helper]?.AsArray() ?? [];
            if (others.Count != commands!.AsArray().Count)
            {
                yield return FactComparer.Difference($"helpers.{helper}", commands, others);
                continue;
            }

            for (var i = 0; i < others.Count; i++)
            {
                var wanted = Options(commands[i]!);
                var given = Options(others[i]!);
                foreach (var option in wanted.Where(option => !given.Any(other => Matches(option, other))))
                {
                    yield return $"helpers.{helper}[{i}] lacks {option}: it is {others[i]!.ToJsonString(JsonText.Readable)}";
                }

                foreach (var option in given.Where(option => !wanted.Any(other => Matches(other, option))))
                {
                    if (!FreeOptions.Any(free => option.StartsWith(free, StringComparison.Ordinal)))
                    {
                        yield return $"helpers.{helper}[{i}] has {option}, which it should not";
                    }
                }
            }
        }
    }

    // Each option with its value as one text, the binary first.
    private static List<string> Options(JsonNode command)
    {
        var words = command.AsArray().Select(word => word!.GetValue<string>()).ToList();
        var options = new List<string>();
        for (var i = 0; i < words.Count; i++)
        {
            var option = words[i];
            if (i > 0 && option.StartsWith('-'))
            {
                while (i + 1 < words.Count && !IsOption(words[i + 1]))
                {
                    option += " " + words[++i];
                }
            }

            if (!SocketOptions.Any(socket => option.StartsWith(socket, StringComparison.Ordinal)))
            {
                options.Add(Normalize(option.Replace("=", " ", StringComparison.Ordinal)));
            }
        }

        return options;
    }

    // Ids that virtiofsd translates by itself instead of being in a user namespace: the same ids.
    private static string Normalize(string option)
    {
        foreach (var kind in new[] { "uid", "gid" })
        {
            if (
                option.StartsWith($"--translate-{kind} map:0:", StringComparison.Ordinal)
                && !option.EndsWith(":1", StringComparison.Ordinal)
            )
            {
                return $"--{kind}-map {option[$"--translate-{kind} map".Length..]}:";
            }
        }

        return option;
    }

    private static bool IsOption(string word) => word is ['-', not (>= '0' and <= '9'), ..];

    private static bool Matches(string expected, string actual)
    {
        var open = expected.IndexOf('<', StringComparison.Ordinal);
        return open < 0
            ? expected == actual
            : actual.StartsWith(expected[..open], StringComparison.Ordinal) && actual.Length > open;
    }
}
