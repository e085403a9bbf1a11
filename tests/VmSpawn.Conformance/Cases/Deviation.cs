namespace VmSpawn.Conformance.Cases;

/// <summary>A deliberate difference from the real program.</summary>
/// <param name="Why">What we do, and why.</param>
/// <param name="Original">What the real program does.</param>
internal sealed record Deviation(string Why, string Original);
