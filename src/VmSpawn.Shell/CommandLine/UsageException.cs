namespace VmSpawn.Shell.CommandLine;

/// <summary>The command line cannot be understood; the message says which word and why.</summary>
internal sealed class UsageException(string message) : Exception(message);
