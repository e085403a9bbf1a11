using System.Text;

namespace VmSpawn.Engine.Boot;

/// <summary>The lines of a boot loader's configuration file: a key, blanks, a value.</summary>
internal static class LoaderLines
{
    private static readonly char[] Blanks = [' ', '\t', '\r', '\v', '\f'];

    /// <summary>Keys and values in order; comments and empty lines are left out, a missing value is empty.</summary>
    public static IEnumerable<(string Key, string Value)> Parse(byte[] content)
    {
        foreach (var raw in Encoding.UTF8.GetString(content).Split('\n'))
        {
            var line = raw.Trim(Blanks);
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var end = line.IndexOfAny(Blanks);
            yield return end < 0 ? (line, "") : (line[..end], Printable(line[end..].TrimStart(Blanks)));
        }
    }

    /// <summary>The text without control characters: it is shown on terminals, which some of them would command.</summary>
    public static string Printable(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Where(c => !char.IsControl(c) || c == '\t')).Trim() : text;
}
