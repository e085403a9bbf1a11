using VmSpawn.Engine.Resolution;

namespace VmSpawn.Completion;

/// <summary>Completes the architecture of a guest.</summary>
public sealed class ArchitectureCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        GuestArchitecture.All.Select(architecture =>
            (architecture.Name, $"{architecture.Name}, machine type {architecture.MachineType}")
        );
}
