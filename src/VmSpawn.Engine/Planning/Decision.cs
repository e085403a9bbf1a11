namespace VmSpawn.Engine.Planning;

/// <summary>One thing that was decided for the user.</summary>
/// <param name="Subject">What was decided, such as <c>accelerator</c>.</param>
/// <param name="Value">The outcome, such as <c>tcg</c>.</param>
/// <param name="Reason">Why, in a clause that can follow "because".</param>
public sealed record Decision(string Subject, string Value, string Reason)
{
    /// <summary>The decision as one line of the verbose stream.</summary>
    public override string ToString() => $"{Subject}: {Value} ({Reason})";
}
