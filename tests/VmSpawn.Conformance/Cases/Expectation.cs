using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace VmSpawn.Conformance.Cases;

/// <summary>What must come of a case.</summary>
internal sealed record Expectation
{
    /// <summary>True if there must be a plan.</summary>
    public required bool Succeeds { get; init; }

    /// <summary>Words that the error must have, in any case.</summary>
    public ImmutableArray<string> ErrorWords { get; init; } = [];

    /// <summary>True if the original fails only when it starts helpers: a plan is then as good as an error.</summary>
    public bool FailsAtStart { get; init; }

    /// <summary>Words of an error that is as good as the facts, or <see langword="null"/> if none is.</summary>
    public ImmutableArray<string>? AcceptableErrorWords { get; init; }

    /// <summary>Words that some warning should have; a missing one is only mentioned.</summary>
    public ImmutableArray<string> WarningWords { get; init; } = [];

    /// <summary>The facts that the plan must have.</summary>
    public required JsonObject Facts { get; init; }
}
