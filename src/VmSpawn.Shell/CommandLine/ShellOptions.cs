namespace VmSpawn.Shell.CommandLine;

/// <summary>A parsed command line.</summary>
internal sealed record ShellOptions
{
    public required ShellAction Action { get; init; }

    /// <summary>Stay at the prompt after the action.</summary>
    public bool NoExit { get; init; }

    /// <summary>Fail instead of asking a question.</summary>
    public bool NonInteractive { get; init; }

    public bool NoLogo { get; init; }

    /// <summary>Directory to start in, or <see langword="null"/> for the caller's.</summary>
    public string? WorkingDirectory { get; init; }
}
