namespace VmSpawn.Engine.Planning;

/// <summary>What machined is told of a VM (the spec, section 8.6).</summary>
public sealed record PlannedMachine
{
    /// <summary>What sort of machine it is.</summary>
    internal const string Class = "vm";

    /// <summary>Name in the register.</summary>
    public required string Name { get; init; }

    /// <summary>Hardware identity as 32 hexadecimal digits, or <see langword="null"/>.</summary>
    public string? Id { get; init; }

    /// <summary>Who registers it.</summary>
    public required string Service { get; init; }

    /// <summary>Context identifier of the guest on the kernel's VSOCK, or <see langword="null"/>.</summary>
    public long? VsockCid { get; init; }

    /// <summary>Directory tree it boots from, or <see langword="null"/>.</summary>
    public string? RootDirectory { get; init; }

    /// <summary>Where its SSH server is reached, or <see langword="null"/>.</summary>
    public string? SshAddress { get; init; }

    /// <summary>Private key that the server accepts, or <see langword="null"/>.</summary>
    public string? SshPrivateKeyPath { get; init; }

    /// <summary>Socket of machined; where it does not exist D-Bus is the way.</summary>
    public required string Socket { get; init; }

    /// <summary>True if the VM does not start without it; else it starts with a warning.</summary>
    public required bool IsRequired { get; init; }
}
