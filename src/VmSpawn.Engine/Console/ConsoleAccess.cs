namespace VmSpawn.Engine.Console;

/// <summary>What an attached console may do.</summary>
public enum ConsoleAccess
{
    /// <summary>Only read; any number of readers can be attached.</summary>
    Read,

    /// <summary>Read and type; one at a time.</summary>
    ReadWrite,

    /// <summary>
    /// Only type, one at a time with those who also read; the connection is closed from the other side once the guest has
    /// been handed everything.
    /// </summary>
    Write,
}
