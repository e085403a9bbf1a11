using System.Collections.ObjectModel;

namespace VmSpawn;

/// <summary>Firmware of this host, as its descriptor describes it (QEMU's <c>docs/interop/firmware.json</c>).</summary>
public sealed class Firmware
{
    internal Firmware() { }

    /// <summary>Path of the descriptor; <c>Start-VmSpawn -Firmware</c> takes it, also from the pipeline.</summary>
    public required string Path { get; init; }

    /// <summary>The firmware in a person's words; empty if the descriptor is not valid.</summary>
    public required string Description { get; init; }

    /// <summary>Architectures of the machines it runs on, in QEMU's spelling.</summary>
    public required ReadOnlyCollection<string> Architectures { get; init; }

    /// <summary>Globs of the machine types it runs on, such as <c>pc-q35-*</c>.</summary>
    public required ReadOnlyCollection<string> Machines { get; init; }

    /// <summary>What it offers to an operating system: <c>uefi</c>, <c>bios</c>, <c>openfirmware</c> or <c>uboot</c>.</summary>
    public required ReadOnlyCollection<string> Interfaces { get; init; }

    /// <summary><c>Flash</c>, <c>Memory</c> or <c>Kernel</c>: where it goes in the VM.</summary>
    public string? Device { get; init; }

    /// <summary><c>Split</c>, <c>Combined</c> or <c>Stateless</c>: where it keeps its variables.</summary>
    public string? Mode { get; init; }

    /// <summary>Path of its code.</summary>
    public string? Executable { get; init; }

    /// <summary>Format of its code, such as <c>raw</c>.</summary>
    public string? ExecutableFormat { get; init; }

    /// <summary>Path of the template of its variable store, or <see langword="null"/> if it has none.</summary>
    public string? NvramTemplate { get; init; }

    /// <summary>Format of that template.</summary>
    public string? NvramTemplateFormat { get; init; }

    /// <summary>What it supports and demands.</summary>
    public required ReadOnlyCollection<string> Features { get; init; }

    /// <summary>True if it supports Secure Boot.</summary>
    public bool SecureBoot { get; init; }

    /// <summary>True if its variable store holds keys already, so that it refuses unsigned systems.</summary>
    public bool EnrolledKeys { get; init; }

    /// <summary>True if it only runs on a machine with system management mode.</summary>
    public bool RequiresSmm { get; init; }

    /// <summary>Words for people, such as build options.</summary>
    public required ReadOnlyCollection<string> Tags { get; init; }

    /// <summary>True for the one that a VM gets by itself.</summary>
    public bool Selected { get; init; }

    /// <summary>Why it is or is not selected.</summary>
    public required string Reason { get; init; }

    /// <summary>The path.</summary>
    public override string ToString() => Path;
}
