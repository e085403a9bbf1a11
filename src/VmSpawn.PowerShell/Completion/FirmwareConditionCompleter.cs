namespace VmSpawn.Completion;

/// <summary>Completes a feature that firmware must have, or must not have (<c>~</c>).</summary>
public sealed class FirmwareConditionCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        FirmwareFeatureCompleter
            .Features()
            .SelectMany(feature =>
                ((string, string)[])[(feature, $"With {feature}"), ($"~{feature}", $"Without {feature}")]
            );
}
