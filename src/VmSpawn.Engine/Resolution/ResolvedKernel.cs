using System.Collections.Immutable;

namespace VmSpawn.Engine.Resolution;

/// <summary>The kernel of a direct boot.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Initrds">Initial ramdisks in order.</param>
/// <param name="IsUki">True for a unified kernel image, which takes its command line through SMBIOS only.</param>
public sealed record ResolvedKernel(string Path, ImmutableArray<string> Initrds, bool IsUki);
