using System.Collections.Concurrent;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Host;

/// <summary>What a <c>systemd-journal-remote</c> can do, asked once per file. Its version says less than its options.</summary>
internal static class JournalRemoteProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly ConcurrentDictionary<string, bool> Known = new(StringComparer.Ordinal);

    /// <summary>Whether it takes <c>--max-use=</c> and its like.</summary>
    /// <exception cref="HostRequirementException"><c>JournalRemoteNotUsable</c>: it does not run, or does not answer in time.</exception>
    public static bool TakesLimits(string path)
    {
        var key = QemuVersion.FileKey(path);
        if (Known.TryGetValue(key, out var known))
        {
            return known;
        }

        try
        {
            var result = new BoundedCommand(path, ["--help"], Limit).Run();
            return result.ExitCode is 0
                ? Known[key] = result.Output.Contains("--max-use=", StringComparison.Ordinal)
                : throw Unusable(path, $"'--help' says '{OneLine.Of(result.Error, 200)}'");
        }
        catch (IOException e)
        {
            throw Unusable(path, e.Message);
        }
    }

    private static HostRequirementException Unusable(string path, string reason) =>
        new(
            "JournalRemoteNotUsable",
            path,
            $"'{path}', which receives the guest's journal, cannot be used: {reason}.",
            "Reinstall systemd-journal-remote, or put a working one first in PATH."
        );
}
