using VmSpawn.Engine.Configuration;
using VmSpawn.Services;

namespace VmSpawn.Completion;

/// <summary>Completes a firmware: the words, then the descriptors of this host.</summary>
public sealed class FirmwareCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        [
            ("auto", "UEFI, from the first descriptor of the host that fits"),
            ("uefi", "UEFI, demanded"),
            ("bios", "The BIOS that QEMU brings along"),
            ("none", "No firmware; needs -Linux"),
            .. EngineServices
                .Current.ListFirmware(null, Tristate.Auto, [])
                .Where(candidate => candidate.Descriptor is not null)
                .Select(candidate => (candidate.Path, candidate.Descriptor!.Description)),
        ];
}
