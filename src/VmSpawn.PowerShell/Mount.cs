using System.Collections.ObjectModel;

namespace VmSpawn;

/// <summary>A directory of the host for a guest to mount, as <c>-Bind</c> of <c>Start-VmSpawn</c> takes it.</summary>
public sealed class Mount
{
    internal Mount() { }

    /// <summary>Path on the host.</summary>
    public required string Source { get; init; }

    /// <summary>Path in the guest.</summary>
    public required string Target { get; init; }

    /// <summary>True if the guest cannot write.</summary>
    public required bool ReadOnly { get; init; }

    /// <summary>User ids of the guest and of the host, <c>GUEST:HOST:COUNT</c> each; none if they are the same.</summary>
    public required ReadOnlyCollection<string> UidMap { get; init; }

    /// <summary>Group ids likewise.</summary>
    public required ReadOnlyCollection<string> GidMap { get; init; }

    /// <summary>Source and target as <c>-Bind</c> takes them.</summary>
    public override string ToString() =>
        $"{Source.Replace(@"\", @"\\", StringComparison.Ordinal).Replace(":", @"\:", StringComparison.Ordinal)}:{Target}";
}
