namespace VmSpawn.Engine.Configuration;

/// <summary>
/// The name of a user or group (useradd(8); systemd's User/Group Name Syntax, strict mode): a letter or underscore,
/// then letters, digits, underscores and hyphens, at most 31 bytes.
/// </summary>
public sealed record UserName
{
    private const int MaximumLength = 31;

    private UserName(string value) => Value = value;

    /// <summary>The name.</summary>
    public string Value { get; }

    /// <summary>Reads a name.</summary>
    /// <param name="text">The text.</param>
    /// <param name="option">The option in the manual page's words, such as <c>bind-user</c>.</param>
    /// <exception cref="Errors.InvalidValueException">It is no valid name.</exception>
    public static UserName Parse(string? text, string option) =>
        text is [var first, .. var rest]
        && text.Length <= MaximumLength
        && (char.IsAsciiLetter(first) || first == '_')
        && rest.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
            ? new UserName(text)
            : throw ValueError.Create(
                option,
                text,
                "it is no name of a user or group",
                "Use up to 31 letters, digits, '_' and '-', the first a letter or '_'."
            );

    /// <summary>The name itself.</summary>
    public override string ToString() => Value;
}
