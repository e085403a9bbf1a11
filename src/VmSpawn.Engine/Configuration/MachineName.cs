using System.Text;

namespace VmSpawn.Engine.Configuration;

/// <summary>
/// Name of a VM: a host name of 1 to 64 bytes, labels of ASCII letters, digits and <c>-</c> separated by single dots
/// (the spec, section 1.1).
/// </summary>
public sealed record MachineName
{
    /// <summary>Longest name in bytes.</summary>
    public const int MaximumLength = 64;

    private const string Option = "machine";

    private MachineName(string value) => Value = value;

    /// <summary>The name.</summary>
    public string Value { get; }

    /// <summary>Reads a name; it is taken as it is or not at all.</summary>
    public static bool TryParse(
        string? text,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out MachineName? value
    )
    {
        value = IsValid(text) ? new MachineName(text!) : null;
        return value is not null;
    }

    /// <summary>As <see cref="TryParse"/>, with a typed error.</summary>
    /// <exception cref="Errors.InvalidValueException">It is no valid name.</exception>
    public static MachineName Parse(string? text) =>
        TryParse(text, out var value)
            ? value
            : throw ValueError.Create(
                Option,
                text,
                "it is no machine name",
                "Use 1 to 64 letters, digits, '-' and single '.', each part starting and ending with a letter or digit."
            );

    /// <summary>
    /// The name that an image has by itself: its file name without a trailing <c>.raw</c>, cleaned
    /// (the spec, section 1.3).
    /// </summary>
    /// <exception cref="Errors.InvalidValueException">Nothing valid is left.</exception>
    public static MachineName FromImage(string path)
    {
        var name = Path.GetFileName(path.TrimEnd('/'));
        return FromText(name.EndsWith(".raw", StringComparison.Ordinal) ? name[..^4] : name, path);
    }

    /// <summary>The name that a directory has by itself: its last component, or the host's name for the root.</summary>
    /// <exception cref="Errors.InvalidValueException">Nothing valid is left.</exception>
    public static MachineName FromDirectory(string path, string hostName)
    {
        var name = Path.GetFileName(path.TrimEnd('/'));
        return FromText(name.Length == 0 ? hostName : name, path);
    }

    /// <summary>The name itself.</summary>
    public override string ToString() => Value;

    private static MachineName FromText(string text, string path) =>
        TryParse(Clean(text), out var value)
            ? value
            : throw ValueError.Create(
                Option,
                path,
                "no machine name can be derived from it",
                "Give the VM a name with -Machine (--machine)."
            );

    // Drops what a host name cannot hold; a dot only separates, a hyphen only joins.
    private static string Clean(string text)
    {
        var cleaned = new StringBuilder();
        foreach (var c in text)
        {
            var last = cleaned.Length == 0 ? '.' : cleaned[^1];
            if (char.IsAsciiLetterOrDigit(c) || (c == '-' && last != '.') || (c == '.' && last is not ('.' or '-')))
            {
                cleaned.Append(c);
            }

            if (cleaned.Length == MaximumLength)
            {
                break;
            }
        }

        return cleaned.ToString().TrimEnd('-', '.');
    }

    private static bool IsValid(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > MaximumLength)
        {
            return false;
        }

        foreach (var label in text.Split('.'))
        {
            if (label.Length == 0 || label[0] == '-' || label[^1] == '-')
            {
                return false;
            }

            if (!label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            {
                return false;
            }
        }

        return true;
    }
}
