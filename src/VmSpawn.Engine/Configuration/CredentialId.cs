using System.Diagnostics.CodeAnalysis;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Configuration;

/// <summary>
/// Identifier of a credential: a file name of 1 to 255 printable ASCII characters without <c>/</c> and <c>:</c>, not
/// <c>.</c> or <c>..</c> (the spec, section 6.1).
/// </summary>
public sealed record CredentialId
{
    private CredentialId(string value) => Value = value;

    /// <summary>The identifier.</summary>
    public string Value { get; }

    /// <summary>Reads an identifier.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CredentialId? value)
    {
        var valid =
            text is { Length: > 0 and <= 255 }
            && text is not ("." or "..")
            && text.All(c => c is >= ' ' and <= '~' and not ('/' or ':'));
        value = valid ? new CredentialId(text!) : null;
        return valid;
    }

    /// <summary>As <see cref="TryParse"/>, with a typed error.</summary>
    /// <param name="text">The text.</param>
    /// <param name="option">The option in the manual page's words.</param>
    /// <exception cref="InvalidValueException">It is no identifier.</exception>
    public static CredentialId Parse(string? text, string option = "credential") =>
        TryParse(text, out var value)
            ? value
            : throw ValueError.Create(
                option,
                text,
                "it is no name of a credential",
                "Use 1 to 255 printable ASCII characters without '/' and ':'."
            );

    /// <summary>The identifier itself.</summary>
    public override string ToString() => Value;
}
