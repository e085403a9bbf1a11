using System.Collections.Immutable;
using VmSpawn.Conformance.Cases;

namespace VmSpawn.Conformance;

/// <summary>How a case went.</summary>
/// <param name="Case">The case.</param>
/// <param name="Problems">What differs from what it expects; nothing if it passed.</param>
/// <param name="Remarks">What does not count, such as a missing warning.</param>
internal sealed record CaseResult(ConformanceCase Case, ImmutableArray<string> Problems, ImmutableArray<string> Remarks)
{
    public bool Passed => Problems.IsEmpty;
}
