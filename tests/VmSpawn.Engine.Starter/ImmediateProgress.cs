using VmSpawn.Engine.Supervision;

namespace VmSpawn.Engine.Starter;

/// <summary>Prints each phase as it begins.</summary>
internal sealed class ImmediateProgress : IProgress<StartProgress>
{
    public void Report(StartProgress value) => System.Console.WriteLine($"phase {value.Phase}");
}
