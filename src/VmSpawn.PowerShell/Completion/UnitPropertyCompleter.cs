using VmSpawn.Engine.Systemd;

namespace VmSpawn.Completion;

/// <summary>Completes the names of settings of a unit.</summary>
public sealed class UnitPropertyCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        UnitProperty.Names.Select(name => ($"{name}=", $"The setting {name} of the VM's scope"));
}
