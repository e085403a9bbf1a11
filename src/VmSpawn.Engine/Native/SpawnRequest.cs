namespace VmSpawn.Engine.Native;

/// <summary>A program to be started as a child, and exactly what it inherits.</summary>
internal sealed record SpawnRequest
{
    /// <summary>Path of the program.</summary>
    public required string Program { get; init; }

    /// <summary>Its argument vector, its own name first.</summary>
    public required IReadOnlyCollection<string> Argv { get; init; }

    /// <summary>
    /// Descriptors it inherits, by the number they get there. 0, 1 and 2 are <c>/dev/null</c> where they are not given.
    /// </summary>
    public IReadOnlyCollection<(FileDescriptor Source, int Target)> Descriptors { get; init; } = [];

    /// <summary>Signals that are blocked in it from its first instruction on.</summary>
    public SignalSet BlockedSignals { get; init; }

    /// <summary>True to make it the leader of a session of its own.</summary>
    public bool NewSession { get; init; }

    /// <summary>True to make it the leader of a process group of its own, so that its descendants can be ended with it.</summary>
    public bool NewGroup { get; init; }
}
