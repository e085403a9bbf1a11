using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace VmSpawn.Conformance.Facts;

/// <summary>Compares the facts of a plan with those that a case expects; facts that the case does not name do not count.</summary>
internal static partial class FactComparer
{
    private const string AnyValue = "*";

    /// <summary>What differs, one line each; nothing if all expected facts are there.</summary>
    public static IEnumerable<string> Compare(JsonObject expected, JsonObject actual)
    {
        foreach (var (fact, value) in expected)
        {
            switch (fact)
            {
                case "kernelIsUki":
                    break;
                case "kernelCommandLine"
                or "firmwareCommandLine" when expected["kernelIsUki"]?.GetValue<bool>() == true:
                    // The line of a unified kernel may go either way.
                    var line = actual["kernelCommandLine"] ?? actual["firmwareCommandLine"];
                    foreach (var difference in Compare(fact, value, line))
                    {
                        yield return difference;
                    }

                    break;
                case "virtiofs" when VirtiofsComparer.IsUnordered(value!.AsArray()):
                    foreach (var difference in VirtiofsComparer.Compare(value!.AsArray(), actual[fact]!.AsArray()))
                    {
                        yield return difference;
                    }

                    break;
                case "credentials":
                    foreach (var difference in CompareCredentials(value!.AsObject(), actual[fact]!.AsObject()))
                    {
                        yield return difference;
                    }

                    break;
                case "helpers":
                    foreach (var difference in HelperComparer.Compare(value!.AsObject(), actual[fact]!.AsObject()))
                    {
                        yield return difference;
                    }

                    break;
                default:
                    foreach (var difference in Compare(fact, value, actual[fact]))
                    {
                        yield return difference;
                    }

                    break;
            }
        }
    }

    private static IEnumerable<string> Compare(string fact, JsonNode? expected, JsonNode? actual)
    {
        switch (expected, actual)
        {
            case (JsonObject fields, JsonObject others):
                return fields.SelectMany(field => Compare($"{fact}.{field.Key}", field.Value, others[field.Key]));
            case (JsonArray items, JsonArray others) when items.Count == others.Count:
                return items.SelectMany((item, i) => Compare($"{fact}[{i}]", item, others[i]));
            default:
                return IsSame(expected, actual) ? [] : [Difference(fact, expected, actual)];
        }
    }

    private static bool IsSame(JsonNode? expected, JsonNode? actual)
    {
        if (expected is not JsonValue || expected.GetValueKind() != JsonValueKind.String)
        {
            return JsonNode.DeepEquals(expected, actual);
        }

        var text = expected.GetValue<string>();
        if (text == AnyValue)
        {
            return actual is not null;
        }

        return actual?.GetValueKind() == JsonValueKind.String && IsSame(text, actual.GetValue<string>());
    }

    private static bool IsSame(string expected, string actual)
    {
        const string RandomSuffix = "<HEX16>";
        if (expected.EndsWith(RandomSuffix, StringComparison.Ordinal))
        {
            var prefix = expected[..^RandomSuffix.Length];
            return actual.StartsWith(prefix, StringComparison.Ordinal) && Hex16().IsMatch(actual[prefix.Length..]);
        }

        return expected == actual;
    }

    // The set of ids is complete; a list holds alternatives.
    private static IEnumerable<string> CompareCredentials(JsonObject expected, JsonObject actual)
    {
        foreach (var (id, value) in expected)
        {
            if (!actual.TryGetPropertyValue(id, out var bytes))
            {
                yield return Difference($"credentials.{id}", value, null);
            }
            else if (value is JsonArray choices ? !choices.Any(choice => IsSame(choice, bytes)) : !IsSame(value, bytes))
            {
                yield return Difference($"credentials.{id}", value, bytes);
            }
        }

        foreach (var (id, value) in actual)
        {
            if (!expected.ContainsKey(id))
            {
                yield return Difference($"credentials.{id}", null, value);
            }
        }
    }

    internal static string Difference(string fact, JsonNode? expected, JsonNode? actual) =>
        string.Create(CultureInfo.InvariantCulture, $"{fact} is {Text(actual)}, not {Text(expected)}");

    private static string Text(JsonNode? node) => node is null ? "absent" : node.ToJsonString(JsonText.Readable);

    [GeneratedRegex("^[0-9a-f]{16}$", RegexOptions.NonBacktracking)]
    private static partial Regex Hex16();
}
