namespace VmSpawn.Engine.Arguments;

/// <summary>One option as it stands in a command line.</summary>
/// <param name="Option">The option meant.</param>
/// <param name="Value">Its value, or <see langword="null"/> if it takes none.</param>
internal sealed record OptionUse(CommandLineOption Option, string? Value);
