using System.Text;
using System.Text.RegularExpressions;

namespace VmSpawn.Conformance.Facts;

/// <summary>A <c>systemd.mount-extra="TAG:TARGET:virtiofs:OPTIONS"</c> of a kernel command line.</summary>
/// <param name="Target">Where it is mounted, unescaped.</param>
/// <param name="IsReadOnly">True for <c>ro</c>.</param>
internal sealed partial record MountArgument(string Target, bool IsReadOnly)
{
    /// <summary>The mount of a tag, or <see langword="null"/>.</summary>
    public static MountArgument? Find(string commandLine, string tag) =>
        Pattern().Matches(commandLine).FirstOrDefault(match => match.Groups["tag"].Value == tag) is { } match
            ? new MountArgument(Unescape(match.Groups["target"].Value), match.Groups["options"].Value == "ro")
            : null;

    /// <summary>The line with the tags replaced by <c>&lt;TAG0&gt;</c>, <c>&lt;TAG1&gt;</c>, …</summary>
    public static string HideTags(string commandLine)
    {
        var number = 0;
        return Pattern()
            .Replace(
                commandLine,
                match =>
                    $"systemd.mount-extra=\"<TAG{number++}>:{match.Groups["target"].Value}:virtiofs:{match.Groups["options"].Value}\""
            );
    }

    private static string Unescape(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 3 < text.Length && text[i + 1] == 'x')
            {
                bytes.Add(Convert.ToByte(text[(i + 2)..(i + 4)], 16));
                i += 3;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[i].ToString()));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    [GeneratedRegex(
        "systemd\\.mount-extra=\"(?<tag>[^:\"]*):(?<target>[^:\"]*):virtiofs:(?<options>[^\"]*)\"",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Pattern();
}
