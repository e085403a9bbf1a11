using System.Collections.Immutable;
using System.Text.Json.Nodes;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Conformance;

/// <summary>What came of a case: facts or an error.</summary>
/// <param name="Facts">Facts of the plan or listing, empty after an error.</param>
/// <param name="Error">The error, or <see langword="null"/>.</param>
/// <param name="Warnings">What the user is warned of.</param>
internal sealed record Outcome(JsonObject Facts, VmSpawnException? Error, ImmutableArray<string> Warnings)
{
    public static Outcome Success(JsonObject facts, ImmutableArray<string> warnings = default) =>
        new(facts, null, warnings.IsDefault ? [] : warnings);

    public static Outcome Failure(VmSpawnException error) => new([], error, []);
}
