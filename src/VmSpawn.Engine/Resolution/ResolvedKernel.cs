using System.Collections.Immutable;
using VmSpawn.Engine.Images;

namespace VmSpawn.Engine.Resolution;

/// <summary>The kernel of a direct boot.</summary>
/// <param name="Path">Absolute path; in the image, if it is taken from one.</param>
/// <param name="Initrds">Initial ramdisks in order.</param>
/// <param name="IsUki">True for a unified kernel image, which takes its command line through SMBIOS only.</param>
public sealed record ResolvedKernel(string Path, ImmutableArray<string> Initrds, bool IsUki)
{
    /// <summary>Words that its boot entry adds to the kernel command line.</summary>
    public ImmutableArray<string> Options { get; init; } = [];

    /// <summary>The kernel and its initial ramdisks, if they are inside a disk image; else empty.</summary>
    public ImmutableArray<ImageFile> ImageFiles { get; init; } = [];
}
