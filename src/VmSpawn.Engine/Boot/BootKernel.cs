using System.Collections.Immutable;

namespace VmSpawn.Engine.Boot;

/// <summary>The kernel that a directory tree is booted with.</summary>
/// <param name="Entry">The entry it comes from.</param>
/// <param name="Kernel">Path of the kernel or unified kernel image.</param>
/// <param name="Initrds">Paths of the initrds, in order; none for a unified kernel image.</param>
/// <param name="IsUnified">True for a unified kernel image.</param>
/// <param name="Reason">Why it was this one, in a clause.</param>
/// <param name="Warnings">Entries that come before it, but cannot be used.</param>
public sealed record BootKernel(
    BootEntry Entry,
    string Kernel,
    ImmutableArray<string> Initrds,
    bool IsUnified,
    string Reason,
    ImmutableArray<string> Warnings
);
