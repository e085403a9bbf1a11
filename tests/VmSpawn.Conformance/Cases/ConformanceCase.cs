using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace VmSpawn.Conformance.Cases;

/// <summary>One command line on one host, and what must come of it. Placeholders are replaced.</summary>
internal sealed record ConformanceCase
{
    /// <summary>Unique name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is about.</summary>
    public required string Group { get; init; }

    /// <summary>The words behind the program's name.</summary>
    public required ImmutableArray<string> Arguments { get; init; }

    /// <summary>Absolute working directory.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The variables that are set.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The faked host.</summary>
    public required JsonObject Host { get; init; }

    /// <summary>What must come of it.</summary>
    public required Expectation Expectation { get; init; }

    /// <summary>Why we differ from the original on purpose, or <see langword="null"/>.</summary>
    public Deviation? Deviation { get; init; }
}
