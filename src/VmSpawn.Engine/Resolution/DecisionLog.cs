using System.Collections.Immutable;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Engine.Resolution;

/// <summary>What the deciders report while a VM is resolved.</summary>
internal sealed class DecisionLog
{
    private readonly List<Decision> decisions = [];
    private readonly List<string> warnings = [];

    public ImmutableArray<Decision> Decisions => [.. decisions];

    public ImmutableArray<string> Warnings => [.. warnings];

    /// <summary>Something was decided for the user.</summary>
    public void Decide(string subject, string value, string reason) =>
        decisions.Add(new Decision(subject, value, reason));

    /// <summary>Something that the user did not ask for and may not expect.</summary>
    public void Warn(string text) => warnings.Add(text);
}
