using System.Collections.ObjectModel;

namespace VmSpawn;

/// <summary>
/// One entry of a guest's journal. It holds what the guest wrote, unchanged; the default view shows control characters as
/// marks.
/// </summary>
public sealed class JournalEntry
{
    internal JournalEntry() { }

    /// <summary>When the guest's journal received it, local time of this host.</summary>
    public required DateTime Time { get; init; }

    /// <summary>Unit whose process wrote it, such as <c>ssh.service</c>, or <see langword="null"/>.</summary>
    public string? Unit { get; init; }

    /// <summary>Name that the program gave to itself, or its command name; the kernel's is <c>kernel</c>.</summary>
    public string? Identifier { get; init; }

    /// <summary>
    /// <c>emerg</c>, <c>alert</c>, <c>crit</c>, <c>err</c>, <c>warning</c>, <c>notice</c>, <c>info</c> or <c>debug</c>, or
    /// <see langword="null"/> if the entry has none.
    /// </summary>
    public string? Priority { get; init; }

    /// <summary>The text.</summary>
    public string? Message { get; init; }

    /// <summary>Process id in the guest, or <see langword="null"/>.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Identifier of the guest's boot.</summary>
    public string? BootId { get; init; }

    /// <summary>Host name of the guest.</summary>
    public string? HostName { get; init; }

    /// <summary>
    /// All fields by name: text, or bytes if the value is no text, or an array of these if the field is there more than once.
    /// </summary>
    public required ReadOnlyDictionary<string, object> Fields { get; init; }

    /// <summary>The entry as <c>journalctl</c> shows it in a line: source and message.</summary>
    public override string ToString() => $"{Identifier}{(ProcessId is { } id ? $"[{id}]" : "")}: {Message}";
}
