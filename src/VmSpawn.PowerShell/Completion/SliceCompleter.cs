namespace VmSpawn.Completion;

/// <summary>Completes the slices that systemd brings along.</summary>
public sealed class SliceCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        [
            ("machine.slice", "VMs and containers, the default"),
            ("system.slice", "Services of the system"),
            ("user.slice", "Sessions of users"),
        ];
}
