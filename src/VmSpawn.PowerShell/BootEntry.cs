using System.Collections.ObjectModel;

namespace VmSpawn;

/// <summary>
/// One entry of the boot menu of a directory tree or disk image (Boot Loader Specification, UAPI.1). In an image paths
/// begin with <c>/efi</c> (EFI system partition) or <c>/boot</c> (extended boot loader partition).
/// </summary>
public sealed class BootEntry
{
    internal BootEntry(VmSpawn.Engine.Boot.BootEntry source) => Source = source;

    /// <summary>File name, boot counters removed, such as <c>debian-6.1.conf</c>.</summary>
    public required string Id { get; init; }

    /// <summary><c>Type1</c>: a text file that names a kernel; <c>Type2</c>: a unified kernel image.</summary>
    public required string Type { get; init; }

    /// <summary>Name for people, or <see langword="null"/>.</summary>
    public string? Title { get; init; }

    /// <summary>Version, or <see langword="null"/>.</summary>
    public string? Version { get; init; }

    /// <summary>Text that entries are sorted by first, or <see langword="null"/>.</summary>
    public string? SortKey { get; init; }

    /// <summary>Machine id of the system it belongs to, or <see langword="null"/>.</summary>
    public string? MachineId { get; init; }

    /// <summary>Architecture in QEMU's spelling, or <see langword="null"/> if the entry does not say it; <c>Start-VmSpawn -Architecture</c> takes it.</summary>
    public string? Architecture { get; init; }

    /// <summary>What <c>uname -r</c> will print, if a unified kernel image says so.</summary>
    public string? KernelRelease { get; init; }

    /// <summary>Path of the kernel or unified kernel image, or <see langword="null"/> if the entry names none.</summary>
    public string? Kernel { get; init; }

    /// <summary>Paths of the initial ramdisks, in order; those of a unified kernel image are inside it.</summary>
    public required ReadOnlyCollection<string> Initrds { get; init; }

    /// <summary>Kernel arguments that it brings along, or <see langword="null"/>.</summary>
    public string? Options { get; init; }

    /// <summary>Boot attempts that are left, if boots are counted.</summary>
    public int? TriesLeft { get; init; }

    /// <summary>Boot attempts that failed, if boots are counted.</summary>
    public int? TriesDone { get; init; }

    /// <summary>True for the one that is booted if nobody chooses.</summary>
    public bool Default { get; init; }

    /// <summary>Why it cannot be started, or <see langword="null"/> if it can.</summary>
    public string? Problem { get; init; }

    /// <summary>The text file or unified kernel image.</summary>
    public required string Path { get; init; }

    /// <summary>Directory tree that it belongs to; <c>Start-VmSpawn -Directory</c> takes it, also from the pipeline.</summary>
    public string? Directory { get; init; }

    /// <summary>Disk image that it belongs to; <c>Start-VmSpawn -Image</c> takes it, also from the pipeline.</summary>
    public string? Image { get; init; }

    /// <summary>What the engine knows of it.</summary>
    internal VmSpawn.Engine.Boot.BootEntry Source { get; }

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
