namespace VmSpawn.Shell.CommandLine;

/// <summary>What a call of the shell is to do.</summary>
internal abstract record ShellAction;

/// <summary>Print the usage text.</summary>
internal sealed record ShowUsage : ShellAction;

/// <summary>Print the version of the engine.</summary>
internal sealed record ShowVersion : ShellAction;

/// <summary>Read, evaluate and print until <c>exit</c> or the end of input.</summary>
/// <param name="Prompt">True to write a prompt before each command.</param>
internal sealed record ReadCommands(bool Prompt) : ShellAction;

/// <summary>Run one text as a script.</summary>
/// <param name="Text">The text.</param>
/// <param name="Arguments">What the text finds in <c>$args</c>, or <see langword="null"/> for nothing.</param>
internal sealed record RunText(string Text, IReadOnlyList<string>? Arguments = null) : ShellAction;

/// <summary>Run a script file.</summary>
/// <param name="Path">The path as it was given.</param>
/// <param name="Arguments">The words after it.</param>
internal sealed record RunFile(string Path, IReadOnlyList<string> Arguments) : ShellAction;
