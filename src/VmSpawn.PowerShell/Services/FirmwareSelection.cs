using System.Management.Automation;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Firmware;
using VmSpawn.Pipeline;

namespace VmSpawn.Services;

/// <summary>Finds the firmware that a cmdlet's <c>-Path</c> means.</summary>
internal static class FirmwareSelection
{
    /// <summary>
    /// The descriptors whose path or file name fits one of the patterns, in their own order. A name without wildcards
    /// that fits none is a non-terminating error.
    /// </summary>
    public static IEnumerable<FirmwareCandidate> ByPath(
        PipelineBridge bridge,
        IReadOnlyList<FirmwareCandidate> candidates,
        string[] patterns
    )
    {
        var wanted = new HashSet<FirmwareCandidate>();
        foreach (var text in patterns)
        {
            var pattern = WildcardPattern.Get(text, WildcardOptions.None);
            var fitting = candidates
                .Where(candidate =>
                    pattern.IsMatch(candidate.Path) || pattern.IsMatch(Path.GetFileName(candidate.Path))
                )
                .ToList();
            wanted.UnionWith(fitting);
            if (fitting.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(text))
            {
                bridge.Report(NotFound(text));
            }
        }

        return candidates.Where(wanted.Contains);
    }

    private static VmSpawnException NotFound(string text) =>
        new(
            "FirmwareDescriptorNotFound",
            VmErrorKind.NotFound,
            $"No firmware descriptor of this host is '{text}'.",
            text,
            "Get-VmFirmware without -Path lists all descriptors."
        );
}
