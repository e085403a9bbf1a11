using System.Text;
using System.Text.RegularExpressions;

namespace VmSpawn.Services;

/// <summary>
/// Finds in what a guest writes to its console that a mount has failed: systemd's status line, and the line of the mounts
/// that are made in the initrd. What the guest says is no proof, and a guest that is quiet says nothing.
/// </summary>
internal sealed partial class MountFailureWatch
{
    // Longer than every status line. The rest of a longer line is not looked at.
    private const int LongestLine = 1024;

    // A guest that reports more has one reason for all of them.
    private const int MostReports = 16;

    private readonly StringBuilder _line = new();
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);

    /// <summary>Reads on.</summary>
    /// <param name="text">What the guest has written since the last time.</param>
    /// <returns>What has failed, each once, in words for the user.</returns>
    public IEnumerable<string> Read(string text)
    {
        foreach (var character in text)
        {
            if (character is not ('\n' or '\r'))
            {
                if (_line.Length < LongestLine)
                {
                    _line.Append(character);
                }

                continue;
            }

            if (_line.Length > 0 && Find(_line.ToString()) is { } failure)
            {
                yield return failure;
            }

            _line.Clear();
        }
    }

    private string? Find(string line)
    {
        var match = Failure().Match(Escape().Replace(line, ""));
        return match.Success && _reported.Count < MostReports && _reported.Add(match.Groups["what"].Value)
            ? $"The guest reports that it could not mount {match.Groups["what"].Value.Trim()}."
            : null;
    }

    // [FAILED] Failed to mount mnt-in.mount - /mnt/in.
    // vmspawn: cannot mount mnt1 on /mnt/in
    [GeneratedRegex(
        @"^(?:\[FAILED\] Failed to mount (?:\S+\.mount - )?|vmspawn: cannot mount \S+ on )(?<what>.+?)\.?$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Failure();

    // Colours and movements of the cursor (ECMA-48, CSI), and the bell of the other kind.
    [GeneratedRegex(@"\x1b\[[0-9;?]*[@-~]", RegexOptions.NonBacktracking)]
    private static partial Regex Escape();
}
