using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VmSpawn.Conformance.Cases;

/// <summary>A folder of cases: <c>cases.json</c>, further files of the same form, and <c>host-defaults.json</c>.</summary>
internal sealed class CaseFolder(string path)
{
    private const string HostDefaults = "host-defaults.json";
    private static readonly string[] CaseFiles = ["cases.json", "v262-extras.json"];

    /// <summary>The folder.</summary>
    public string Directory { get; } = path;

    /// <summary>The script that makes the folder's fixtures, whether it is there or not.</summary>
    public string FixtureScript => Path.Combine(Directory, "make-fixtures.py");

    /// <summary>The file with boot trees for fixtures, whether it is there or not.</summary>
    public string TreesFile => Path.Combine(Directory, "trees.json");

    /// <summary>The file with further fixtures, whether it is there or not.</summary>
    public string DescribedFixtures => Path.Combine(Directory, "fixtures.json");

    /// <summary>True if there are cases in the folder.</summary>
    public static bool IsOne(string path) => CaseFiles.Any(file => File.Exists(Path.Combine(path, file)));

    /// <summary>Reads the cases.</summary>
    public ImmutableArray<ConformanceCase> Read(Placeholders placeholders)
    {
        var defaults = Parse(HostDefaults).AsObject();
        return
        [
            .. CaseFiles
                .Where(file => File.Exists(Path.Combine(Directory, file)))
                .SelectMany(file => Parse(file).AsArray())
                .Select(entry => ReadCase(placeholders.Fill(entry)!.AsObject(), defaults, placeholders)),
        ];
    }

    private static ConformanceCase ReadCase(JsonObject entry, JsonObject defaults, Placeholders placeholders)
    {
        var host = placeholders.Fill(defaults)!.AsObject();
        foreach (var (key, value) in entry["host"]!.AsObject())
        {
            host[key] = value?.DeepClone();
        }

        return new ConformanceCase
        {
            Name = Text(entry["name"]),
            Group = Text(entry["group"]),
            Arguments = Words(entry["args"]),
            WorkingDirectory = Path.Combine(placeholders.Work, Text(entry["cwd"])),
            Environment = entry["env"]!.AsObject().ToDictionary(field => field.Key, field => Text(field.Value)),
            Host = host,
            Expectation = ReadExpectation(entry["expect"]!),
            Deviation = entry["deviation"] is { } deviation
                ? new Deviation(Text(deviation["why"]), Text(deviation["original"]))
                : null,
        };
    }

    private static Expectation ReadExpectation(JsonNode expect) =>
        new()
        {
            Succeeds = expect["ok"]!.GetValue<bool>(),
            ErrorWords = Words(expect["errorContains"]),
            FailsAtStart = expect["stage"]?.GetValue<string>() == "start",
            AcceptableErrorWords = expect["mayFail"] is { } mayFail ? Words(mayFail["errorContains"]) : null,
            WarningWords = Words(expect["warningContains"]),
            Facts = expect["facts"]?.DeepClone().AsObject() ?? [],
        };

    private static ImmutableArray<string> Words(JsonNode? words) => [.. words?.AsArray().Select(Text) ?? []];

    private static string Text(JsonNode? text) => text!.GetValue<string>();

    private JsonNode Parse(string file) =>
        JsonNode.Parse(
            File.ReadAllText(Path.Combine(Directory, file)),
            documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip }
        )!;
}
