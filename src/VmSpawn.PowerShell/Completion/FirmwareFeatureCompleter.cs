using VmSpawn.Engine.Configuration;
using VmSpawn.Services;

namespace VmSpawn.Completion;

/// <summary>Completes a feature that some firmware of this host has.</summary>
public sealed class FirmwareFeatureCompleter : WordCompleter
{
    /// <summary>Every feature that some firmware of this host has, each once.</summary>
    internal static IEnumerable<string> Features() =>
        EngineServices
            .Current.ListFirmware(null, Tristate.Auto, [])
            .SelectMany(candidate => candidate.Descriptor?.Features ?? [])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        Features().Select(feature => (feature, feature));
}
