namespace VmSpawn;

/// <summary>
/// An SSH key, as <c>-SshKey</c> of <c>Start-VmSpawn</c> takes it. It never holds the private half, only the path to it.
/// </summary>
public sealed class SshKey
{
    internal SshKey() { }

    /// <summary>Type, such as <c>ed25519</c> or <c>rsa</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Size in bits.</summary>
    public required int Bits { get; init; }

    /// <summary>Path of the private half; the public one is beside it, with <c>.pub</c> behind the name.</summary>
    public required string Path { get; init; }

    /// <summary>The public half, as one line of an <c>authorized_keys</c> file.</summary>
    public required string PublicKey { get; init; }

    /// <summary>SHA-256 of the public half, <c>SHA256:...</c>.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The path of the private half.</summary>
    public override string ToString() => Path;
}
