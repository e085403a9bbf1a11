namespace VmSpawn.Engine.Supervision;

/// <summary>How far a start has come.</summary>
/// <param name="Phase">The step that begins.</param>
/// <param name="Activity">What is being done, such as <c>Starting swtpm</c>; fit for a progress bar.</param>
public sealed record StartProgress(StartPhase Phase, string Activity);
