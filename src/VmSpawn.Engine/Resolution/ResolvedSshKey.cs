namespace VmSpawn.Engine.Resolution;

/// <summary>The SSH key that the guest accepts, and the way it is used.</summary>
/// <param name="Keygen">Absolute path of <c>ssh-keygen</c>.</param>
/// <param name="Type">Type of a fresh key.</param>
/// <param name="IsPassed">True if the guest gets its public half; false if the user gives the guest other keys.</param>
public sealed record ResolvedSshKey(string Keygen, string Type, bool IsPassed)
{
    /// <summary>Absolute path of the private half of a given key, or <see langword="null"/> to make a fresh one.</summary>
    public string? Path { get; init; }

    /// <summary>Public half of a given key, without a line break.</summary>
    public string? PublicKey { get; init; }

    /// <summary>True for a given key that ends with the process that made it, so that the VM needs a copy.</summary>
    public bool IsTemporary { get; init; }

    /// <summary>Which server accepts it.</summary>
    public SshRoute Route { get; init; } = SshRoute.Vsock;

    /// <summary>TCP port of 127.0.0.1 that leads to the server, if it is reached so.</summary>
    public ushort? Port { get; init; }

    /// <summary>Absolute path of <c>ssh</c>, or <see langword="null"/> if the host has none.</summary>
    public string? Client { get; init; }
}
