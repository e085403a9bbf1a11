using System.Collections.Immutable;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Engine.Resolution;

/// <summary>What the deciders report while a VM is resolved.</summary>
internal sealed class DecisionLog
{
    private readonly List<Decision> _decisions = [];
    private readonly List<string> _warnings = [];

    public ImmutableArray<Decision> Decisions => [.. _decisions];

    public ImmutableArray<string> Warnings => [.. _warnings];

    /// <summary>Something was decided for the user.</summary>
    public void Decide(string subject, string value, string reason) =>
        _decisions.Add(new Decision(subject, value, reason));

    /// <summary>Something that the user did not ask for and may not expect.</summary>
    public void Warn(string text) => _warnings.Add(text);
}
