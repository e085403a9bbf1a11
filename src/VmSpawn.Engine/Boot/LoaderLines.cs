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
            yield return end < 0 ? (line, "") : (line[..end], line[end..].TrimStart(Blanks));
        }
    }
}
