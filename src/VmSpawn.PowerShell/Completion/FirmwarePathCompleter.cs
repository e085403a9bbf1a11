using VmSpawn.Engine.Configuration;
using VmSpawn.Services;

namespace VmSpawn.Completion;

/// <summary>Completes the path of a firmware descriptor of this host.</summary>
public sealed class FirmwarePathCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        EngineServices
            .Current.ListFirmware(null, Tristate.Auto, [])
            .Select(candidate => (candidate.Path, candidate.Descriptor?.Description ?? candidate.Reason));
}
