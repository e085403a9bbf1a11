using System.Diagnostics.CodeAnalysis;

namespace VmSpawn.Boot.Tests;

/// <summary>The tiny guest for aarch64, which an x86_64 host emulates.</summary>
[SuppressMessage("Design", "CA1515", Justification = "xunit constructs it.")]
public sealed class ForeignGuest : TinyGuest
{
    /// <summary>Its architecture, as <c>uname -m</c> has it.</summary>
    public const string Architecture = "aarch64";

    protected override IEnumerable<string> Arguments => ["--architecture", Architecture];
}
