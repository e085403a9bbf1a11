using VmSpawn.Engine.Configuration;
using VmSpawn.Services;

namespace VmSpawn.Completion;

/// <summary>Completes a feature that some firmware of this host has.</summary>
public sealed class FirmwareFeatureCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        EngineServices
            .Current.ListFirmware(null, Tristate.Auto, [])
            .SelectMany(candidate => candidate.Descriptor?.Features ?? [])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(feature => (feature, feature));
}
