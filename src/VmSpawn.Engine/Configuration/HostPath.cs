namespace VmSpawn.Engine.Configuration;

/// <summary>
/// An absolute path of the host in simplified form: no double slashes, no <c>.</c> components, no trailing slash, no
/// <c>..</c> directly below the root. An inner <c>..</c> stays, since a symbolic link may stand before it
/// (the spec, section 1.1). Nothing is said about whether it exists.
/// </summary>
public sealed record HostPath
{
    private HostPath(string value) => Value = value;

    /// <summary>The path.</summary>
    public string Value { get; }

    /// <summary>The last component, empty for the root.</summary>
    public string FileName => Value[(Value.LastIndexOf('/') + 1)..];

    /// <summary>Takes an absolute path.</summary>
    /// <param name="text">The path.</param>
    /// <param name="option">The option in the manual page's words, such as <c>image</c>.</param>
    /// <exception cref="Errors.InvalidValueException">It is relative, empty, or contains a NUL.</exception>
    public static HostPath Parse(string? text, string option) =>
        text?.StartsWith('/') == true
            ? Resolve(text, "/", option)
            : throw ValueError.Create(option, text, "it is no absolute path", "Give an absolute path.");

    /// <summary>Takes an absolute path, or one relative to a directory.</summary>
    /// <param name="text">The path.</param>
    /// <param name="baseDirectory">Absolute path of the directory that relative paths start from.</param>
    /// <param name="option">The option in the manual page's words, such as <c>image</c>.</param>
    /// <exception cref="Errors.InvalidValueException">It is empty or contains a NUL.</exception>
    public static HostPath Resolve(string? text, string baseDirectory, string option)
    {
        if (string.IsNullOrEmpty(text))
        {
            throw ValueError.Create(option, text, "the path is empty", "Give a path.");
        }

        if (text.Contains('\0'))
        {
            throw ValueError.Create(option, text, "a path cannot contain a NUL", "Remove the character.");
        }

        return new HostPath(Simplify(text[0] == '/' ? text : $"{baseDirectory}/{text}"));
    }

    /// <summary>
    /// Takes a path of an option that also has words: absolute, or relative and starting with <c>./</c>, so that it
    /// cannot be mistaken for a word.
    /// </summary>
    /// <exception cref="Errors.InvalidValueException">It starts in another way.</exception>
    public static HostPath ResolveMarked(string? text, string baseDirectory, string option) =>
        text is not null && (text.StartsWith('/') || text.StartsWith("./", StringComparison.Ordinal))
            ? Resolve(text, baseDirectory, option)
            : throw ValueError.Create(
                option,
                text,
                "it is neither a known word nor a path that starts with '/' or './'",
                "Give an absolute path, or a relative one that starts with './'."
            );

    /// <summary>This path with text added to its last component.</summary>
    public HostPath Append(string suffix) => new(Value + suffix);

    /// <summary>The path itself.</summary>
    public override string ToString() => Value;

    private static string Simplify(string path)
    {
        var components = new List<string>();
        foreach (var component in path.Split('/'))
        {
            if (component.Length == 0 || component == "." || (component == ".." && components.Count == 0))
            {
                continue;
            }

            components.Add(component);
        }

        return "/" + string.Join('/', components);
    }
}
