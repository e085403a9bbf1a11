namespace VmSpawn.Shell.Terminal;

/// <summary>What a part of a line can be completed to.</summary>
/// <param name="Start">Where the part to replace starts.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Candidates">Texts to put there.</param>
internal sealed record Completion(int Start, int Length, IReadOnlyList<string> Candidates);
