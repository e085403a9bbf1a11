namespace VmSpawn.Shell.Terminal;

/// <summary>How the editing of a line ended.</summary>
/// <param name="Text">The line, or <see langword="null"/> at the end of input (Ctrl+D on an empty line).</param>
/// <param name="Interrupted">True if Ctrl+C ended it.</param>
internal readonly record struct EditedLine(string? Text, bool Interrupted = false);
