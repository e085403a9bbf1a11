using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using VmSpawn.Conformance.Cases;

namespace VmSpawn.Conformance.Fixtures;

/// <summary>
/// Files that a folder of cases describes in <c>fixtures.json</c>: path below <c>$W</c> to content, which is text or
/// <c>{symlink: …}</c>, <c>{sparse: BYTES}</c>, <c>{json: …}</c> (with placeholders), <c>{executable: true}</c>,
/// <c>{uki: {…}}</c>, <c>{gpt: [{mebibytes, type, id, label, attributes}]}</c> or <c>{text-at: {OFFSET: …}, size: BYTES}</c>.
/// </summary>
internal static class DescribedFixtures
{
    public static void WriteDescribed(this FixtureWriter writer, string file, Placeholders placeholders)
    {
        foreach (var (path, content) in JsonNode.Parse(File.ReadAllText(file))!.AsObject())
        {
            if (content!.GetValueKind() == JsonValueKind.String)
            {
                writer.Text(path, content.GetValue<string>());
            }
            else
            {
                Write(writer, path, content.AsObject(), placeholders);
            }
        }
    }

    private static void Write(FixtureWriter writer, string path, JsonObject content, Placeholders placeholders)
    {
        var (kind, value) = content.First();
        switch (kind)
        {
            case "symlink":
                writer.Link(path, value!.GetValue<string>());
                break;
            case "sparse":
                writer.Sparse(path, value!.GetValue<long>());
                break;
            case "json":
                writer.Text(path, placeholders.Fill(value)!.ToJsonString());
                break;
            case "executable":
                writer.Script(path, executable: value!.GetValue<bool>());
                break;
            case "uki":
                writer.UnifiedKernel(path, value!);
                break;
            case "gpt":
                // Any identifier of the disk will do.
                writer.Gpt(
                    path,
                    new Guid("11111111-2222-4333-8444-555555555599"),
                    [.. value!.AsArray().Select(Partition)]
                );
                break;
            case "text-at":
                WriteAt(writer, path, value!.AsObject(), content["size"]!.GetValue<long>());
                break;
            default:
                throw new InvalidOperationException($"The fixture '{path}' is of the unknown kind '{kind}'.");
        }
    }

    private static GptPartition Partition(JsonNode? partition) =>
        new(
            partition!["mebibytes"]!.GetValue<int>(),
            new Guid(partition["type"]!.GetValue<string>()),
            new Guid(partition["id"]!.GetValue<string>()),
            partition["label"]?.GetValue<string>() ?? "",
            partition["attributes"]?.GetValue<ulong>() ?? 0
        );

    private static void WriteAt(FixtureWriter writer, string path, JsonObject texts, long size)
    {
        using var file = writer.Create(path);
        file.SetLength(size);
        foreach (var (offset, text) in texts)
        {
            file.Position = long.Parse(offset, CultureInfo.InvariantCulture);
            file.Write(Encoding.UTF8.GetBytes(text!.GetValue<string>()));
        }
    }
}
