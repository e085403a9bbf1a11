using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Configuration;

/// <summary>The type of a generated SSH key, as <c>ssh-keygen -t</c> takes it.</summary>
public static class SshKeyType
{
    /// <summary>The manual page's default.</summary>
    public const string Default = "ed25519";

    /// <summary>Checks a type; whether it exists is known to <c>ssh-keygen</c> only. Empty is the default.</summary>
    /// <exception cref="InvalidValueException">It contains a quote, a backslash or a control character.</exception>
    public static string Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Default;
        }

        return text.Any(c => c is '"' or '\'' or '\\' || char.IsControl(c))
            ? throw ValueError.Create(
                "ssh-key-type",
                text,
                "it contains a quote, a backslash or a control character",
                "Use a type that ssh-keygen knows, such as ed25519 or rsa."
            )
            : text;
    }
}
