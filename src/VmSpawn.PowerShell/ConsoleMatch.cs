using System.Collections.ObjectModel;

namespace VmSpawn;

/// <summary>What was waited for on a console, and found.</summary>
public sealed class ConsoleMatch
{
    internal ConsoleMatch() { }

    /// <summary>When the line was begun, local time; <see langword="null"/> if that is not known any more.</summary>
    public DateTime? Time { get; init; }

    /// <summary>Name of the VM.</summary>
    public required string Name { get; init; }

    /// <summary>The line that matched, as far as it had been written.</summary>
    public required string Text { get; init; }

    /// <summary>The part of it that matched.</summary>
    public required string Value { get; init; }

    /// <summary>The groups of the pattern by number and name, as in <c>$Matches</c>.</summary>
    public required ReadOnlyDictionary<string, string> Groups { get; init; }

    /// <summary>Place in all that the guest has written from which the next search can go on.</summary>
    public required long Position { get; init; }

    /// <summary>The line.</summary>
    public override string ToString() => Text;
}
