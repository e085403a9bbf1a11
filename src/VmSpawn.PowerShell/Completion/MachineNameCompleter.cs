using VmSpawn.Services;

namespace VmSpawn.Completion;

/// <summary>Completes the name of a VM.</summary>
public sealed class MachineNameCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        EngineServices
            .Current.List()
            .Select(machine => (machine.Name, $"{machine.State}, {machine.Summary.Image ?? machine.Summary.Kernel}"));
}
