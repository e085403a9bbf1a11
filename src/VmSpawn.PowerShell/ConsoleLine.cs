namespace VmSpawn;

/// <summary>A line that a guest wrote to its console.</summary>
public sealed class ConsoleLine
{
    internal ConsoleLine() { }

    /// <summary>When it was begun, local time; <see langword="null"/> if that is not known any more.</summary>
    public DateTime? Time { get; init; }

    /// <summary>Name of the VM.</summary>
    public required string Name { get; init; }

    /// <summary>The line as a terminal shows it, without colours and other control sequences.</summary>
    public required string Text { get; init; }

    /// <summary>The text.</summary>
    public override string ToString() => Text;
}
