namespace VmSpawn.Engine.Configuration;

/// <summary>The login shell that a bound user gets in the guest.</summary>
public sealed record UserShell
{
    private const string Option = "bind-user-shell";

    private UserShell(bool sameAsHost, string? path)
    {
        IsSameAsHost = sameAsHost;
        Path = path;
    }

    /// <summary>The guest's default.</summary>
    public static UserShell Default { get; } = new(sameAsHost: false, null);

    /// <summary>The path of the user's shell on the host.</summary>
    public static UserShell SameAsHost { get; } = new(sameAsHost: true, null);

    /// <summary>True for <see cref="SameAsHost"/>.</summary>
    public bool IsSameAsHost { get; }

    /// <summary>Path in the guest, or <see langword="null"/>.</summary>
    public string? Path { get; }

    /// <summary>Reads a boolean (the host's shell or the guest's default) or an absolute path in the guest.</summary>
    /// <exception cref="Errors.InvalidValueException">It is neither.</exception>
    public static UserShell Parse(string? text)
    {
        if (BooleanText.TryParse(text, out var same))
        {
            return same ? SameAsHost : Default;
        }

        return text?.StartsWith('/') == true && !text.Any(char.IsControl) && !text.Split('/').Contains("..")
            ? new UserShell(sameAsHost: false, text)
            : throw ValueError.Create(
                Option,
                text,
                "it is neither a boolean nor an absolute path",
                "Use yes for the shell of the host, no for the guest's default, or a path such as /bin/zsh."
            );
    }
}
