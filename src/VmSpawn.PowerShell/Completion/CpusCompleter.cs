using System.Globalization;

namespace VmSpawn.Completion;

/// <summary>Completes a number of CPUs up to the host's.</summary>
public sealed class CpusCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates()
    {
        for (var count = 1; count <= Environment.ProcessorCount; count *= 2)
        {
            yield return (count.ToString(CultureInfo.InvariantCulture), count == 1 ? "1 CPU" : $"{count} CPUs");
        }
    }
}
