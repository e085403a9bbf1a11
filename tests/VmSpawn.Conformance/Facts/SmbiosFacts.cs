using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Conformance.Facts;

/// <summary>What the guest finds in SMBIOS type 11: the command line, credentials, and the user's own strings.</summary>
internal static class SmbiosFacts
{
    private const string BinaryCredential = "io.systemd.credential.binary:";
    private const string TextCredential = "io.systemd.credential:";
    private const string StubCommandLine = "io.systemd.stub.kernel-cmdline-extra=";
    private const string BootCommandLine = "io.systemd.boot.kernel-cmdline-extra=";

    public static void Add(JsonObject facts, LaunchPlan plan, PlannedOptions options)
    {
        var credentials = new JsonObject();
        var own = new JsonArray();
        foreach (var text in Strings(plan, options))
        {
            if (text.StartsWith(BinaryCredential, StringComparison.Ordinal))
            {
                var (id, bytes) = SplitAtEquals(text[BinaryCredential.Length..]);
                credentials[id] = bytes;
            }
            else if (text.StartsWith(TextCredential, StringComparison.Ordinal))
            {
                var (id, value) = SplitAtEquals(text[TextCredential.Length..]);
                credentials[id] = Convert.ToBase64String(Encoding.UTF8.GetBytes(value));
            }
            else if (text.StartsWith(StubCommandLine, StringComparison.Ordinal))
            {
                facts["firmwareCommandLine"] = text[StubCommandLine.Length..];
            }
            else if (!text.StartsWith(BootCommandLine, StringComparison.Ordinal))
            {
                own.Add(text);
            }
        }

        facts["credentials"] = credentials;
        facts["smbios11"] = own;
        facts["userRecords"] = UserRecords(credentials);
    }

    private static (string Id, string Value) SplitAtEquals(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return (text[..equals], text[(equals + 1)..]);
    }

    private static IEnumerable<string> Strings(LaunchPlan plan, PlannedOptions options)
    {
        foreach (var table in options.Lists("-smbios").Where(table => table["type"] == "11"))
        {
            yield return table["value"] ?? FileText(plan, table["path"]!);
        }
    }

    private static string FileText(LaunchPlan plan, string path) =>
        plan.Files.First(file => file.Path == path) switch
        {
            WrittenFile file => Encoding.UTF8.GetString([.. file.Content]),
            // Its content comes into being only at the start.
            EncodedFile file => file.Prefix + "*",
            var other => throw new InvalidOperationException($"{other} is no file of text."),
        };

    // User records are a fact of their own, and not among the credentials that a case counts.
    private static JsonObject UserRecords(JsonObject credentials)
    {
        const string Prefix = "userdb.transient.";
        var records = new JsonObject();
        foreach (var (id, bytes) in credentials.ToImmutableArray())
        {
            if (id.StartsWith(Prefix, StringComparison.Ordinal))
            {
                records[id[Prefix.Length..]] = JsonNode.Parse(Convert.FromBase64String(bytes!.GetValue<string>()));
                credentials.Remove(id);
            }
        }

        return records;
    }
}
