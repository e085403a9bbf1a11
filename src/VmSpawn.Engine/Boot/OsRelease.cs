using System.Text;

namespace VmSpawn.Engine.Boot;

/// <summary>The fields of an os-release(5) file, as it is embedded in unified kernel images.</summary>
internal sealed class OsRelease
{
    private readonly Dictionary<string, string> fields = new(StringComparer.Ordinal);

    /// <summary>Reads assignments; what is none is passed over, the last of equal names counts.</summary>
    public static OsRelease Parse(ReadOnlySpan<byte> content)
    {
        var release = new OsRelease();
        foreach (var line in Encoding.UTF8.GetString(content).Split('\n', '\0'))
        {
            var trimmed = line.Trim();
            var equals = trimmed.IndexOf('=');
            if (equals > 0 && trimmed[0] != '#')
            {
                release.fields[trimmed[..equals]] = LoaderLines.Printable(Unquote(trimmed.AsSpan(equals + 1)));
            }
        }

        return release;
    }

    /// <summary>The first of these fields that is there and not empty, or <see langword="null"/>.</summary>
    public string? First(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (fields.TryGetValue(name, out var value) && value.Length > 0)
            {
                return value;
            }
        }

        return null;
    }

    // The shell's quoting, as far as os-release(5) allows it.
    private static string Unquote(ReadOnlySpan<char> text)
    {
        var value = new StringBuilder(text.Length);
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && quote != '\'' && i + 1 < text.Length)
            {
                value.Append(text[++i]);
            }
            else if (quote == '\0' && c is '"' or '\'')
            {
                quote = c;
            }
            else if (c == quote && quote != '\0')
            {
                quote = '\0';
            }
            else
            {
                value.Append(c);
            }
        }

        return value.ToString();
    }
}
