using System.Collections.Immutable;

namespace VmSpawn.Engine.Boot;

/// <summary>The two types of entries of the Boot Loader Specification (UAPI.1).</summary>
public enum BootEntryType
{
    /// <summary>Type 1: a text file that names a kernel and its initrds.</summary>
    Conf,

    /// <summary>Type 2: a unified kernel image.</summary>
    Unified,
}

/// <summary>One entry of a boot menu.</summary>
public sealed record BootEntry
{
    /// <summary>File name with its suffix, boot counters removed, such as <c>debian-6.1.conf</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its type.</summary>
    public required BootEntryType Type { get; init; }

    /// <summary>
    /// The text file or unified kernel image. In an image the path begins with <c>/efi</c> (EFI system partition) or
    /// <c>/boot</c> (extended boot loader partition), and so do the others.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>Directory tree that it belongs to, or <see langword="null"/> if it belongs to an image.</summary>
    public string? Directory { get; init; }

    /// <summary>Disk image that it belongs to, or <see langword="null"/> if it belongs to a directory tree.</summary>
    public string? Image { get; init; }

    /// <summary>Name for people, or <see langword="null"/>.</summary>
    public string? Title { get; init; }

    /// <summary>Text that entries are sorted by first, or <see langword="null"/>.</summary>
    public string? SortKey { get; init; }

    /// <summary>Version, or <see langword="null"/>.</summary>
    public string? Version { get; init; }

    /// <summary>Machine id of the system it belongs to, or <see langword="null"/>.</summary>
    public string? MachineId { get; init; }

    /// <summary>
    /// Architecture in QEMU's spelling, such as <c>x86_64</c>; as it stands there if it is no known one;
    /// <see langword="null"/> if none is said.
    /// </summary>
    public string? Architecture { get; init; }

    /// <summary>What <c>uname -r</c> will print, if a unified kernel image says so.</summary>
    public string? KernelRelease { get; init; }

    /// <summary>Kernel arguments the entry brings along, or <see langword="null"/>.</summary>
    public string? Options { get; init; }

    /// <summary>Path of the kernel, or of the unified kernel image; <see langword="null"/> if the entry names none.</summary>
    public string? Kernel { get; init; }

    /// <summary>True if <see cref="Kernel"/> is a unified kernel image.</summary>
    public bool IsUnified { get; init; }

    /// <summary>Paths of the initrds, in order.</summary>
    public ImmutableArray<string> Initrds { get; init; } = [];

    /// <summary>Boot attempts that are left, if boots are counted.</summary>
    public int? TriesLeft { get; init; }

    /// <summary>Boot attempts that failed, if boots are counted.</summary>
    public int? TriesDone { get; init; }

    /// <summary>Why its kernel cannot be started, in a clause; <see langword="null"/> if it can.</summary>
    public string? Problem { get; init; }
}
