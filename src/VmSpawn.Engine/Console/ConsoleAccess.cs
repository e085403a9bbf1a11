namespace VmSpawn.Engine.Console;

/// <summary>What an attached console may do.</summary>
public enum ConsoleAccess
{
    /// <summary>Only read; any number of readers can be attached.</summary>
    Read,

    /// <summary>Read and type; one at a time.</summary>
    ReadWrite,
}
