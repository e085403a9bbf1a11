using VmSpawn.Engine.Configuration;
using VmSpawn.Services;

namespace VmSpawn.Completion;

/// <summary>Completes a feature that firmware must have, or must not have (<c>~</c>).</summary>
public sealed class FirmwareConditionCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        EngineServices
            .Current.ListFirmware(null, Tristate.Auto, [])
            .SelectMany(candidate => candidate.Descriptor?.Features ?? [])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .SelectMany(feature =>
                ((string, string)[])[(feature, $"With {feature}"), ($"~{feature}", $"Without {feature}")]
            );
}
