namespace VmSpawn.Monitor.Registering;

/// <summary>What came of a call.</summary>
/// <param name="IsUnderstood">False if nobody is there who knows the call, so that another way may lead to the same end.</param>
/// <param name="Complaint">What went wrong, or <see langword="null"/> if nothing did.</param>
internal sealed record VarlinkOutcome(bool IsUnderstood, string? Complaint);
