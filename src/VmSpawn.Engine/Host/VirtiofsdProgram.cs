namespace VmSpawn.Engine.Host;

/// <summary>A virtiofsd of this host.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Kind">Which of the two it is.</param>
/// <param name="Version">Its version; that of QEMU for the older kind.</param>
public sealed record VirtiofsdProgram(string Path, VirtiofsdKind Kind, Version Version)
{
    /// <summary>The version of one that tells it to root only.</summary>
    public static Version UnknownVersion { get; } = new(0, 0);

    /// <summary>True if it translates user and group ids by itself (<c>--translate-uid</c>).</summary>
    public bool TranslatesIds { get; init; } = Kind is VirtiofsdKind.Rust;

    /// <summary>True if it can refuse every write by itself (<c>--readonly</c>).</summary>
    public bool RefusesWrites { get; init; } = Kind is VirtiofsdKind.Rust;

    /// <summary>True if it announces mount points below the shared directory unless told otherwise.</summary>
    public bool AnnouncesSubmounts { get; init; } = Kind is VirtiofsdKind.Rust;

    /// <summary>Which one it is, in words.</summary>
    public string Description =>
        Kind is VirtiofsdKind.Rust ? $"the one written in Rust, version {Version}"
        : Version == UnknownVersion ? "the C one of QEMU"
        : $"the C one of QEMU {Version}";

    /// <summary>What it is, in messages.</summary>
    public override string ToString() => $"{Path} ({Description})";
}
