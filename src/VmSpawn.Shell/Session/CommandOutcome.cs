namespace VmSpawn.Shell.Session;

/// <summary>How a command ended.</summary>
internal enum CommandOutcome
{
    /// <summary>It ran to its end; errors that do not end a command may have been among its output.</summary>
    Completed,

    /// <summary>An error ended it.</summary>
    Failed,

    /// <summary>Ctrl+C or a signal ended it.</summary>
    Stopped,
}
