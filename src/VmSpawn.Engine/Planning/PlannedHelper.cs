using System.Collections.Immutable;

namespace VmSpawn.Engine.Planning;

/// <summary>A process that must run beside QEMU, started before it and ended with it.</summary>
public sealed record PlannedHelper
{
    /// <summary>What it is, such as <c>swtpm</c> or <c>virtiofsd-0</c>; unique within the plan, names its log.</summary>
    public required string Id { get; init; }

    /// <summary>Directories to make first, mode 0700.</summary>
    public ImmutableArray<string> Directories { get; init; } = [];

    /// <summary>Commands that must succeed first, each with its whole argument vector.</summary>
    public ImmutableArray<ImmutableArray<string>> Prepare { get; init; } = [];

    /// <summary>The whole argument vector, binary first.</summary>
    public required ImmutableArray<string> Argv { get; init; }

    /// <summary>What it sees of the host if that is not what the supervisor sees, or <see langword="null"/>.</summary>
    public HelperNamespace? Namespace { get; init; }

    /// <summary>UNIX socket that the supervisor binds, listens on and passes as <see cref="ListenDescriptor"/>, or <see langword="null"/>.</summary>
    public string? ListenPath { get; init; }

    /// <summary>
    /// VSOCK port of the host (CID 2) that the supervisor binds, listens on and passes as
    /// <see cref="ListenDescriptor"/>, instead of <see cref="ListenPath"/>; or <see langword="null"/>.
    /// </summary>
    public uint? ListenVsockPort { get; init; }

    /// <summary>Number under which the helper inherits the listening socket.</summary>
    public int ListenDescriptor { get; init; } = 3;

    /// <summary>
    /// True if the helper learns of the listening socket, which is descriptor 3 then, by the environment variables
    /// <c>LISTEN_FDS</c> and <c>LISTEN_PID</c> (sd_listen_fds(3)) and not by its arguments.
    /// </summary>
    public bool IsActivated { get; init; }

    /// <summary>
    /// True if what the guest has said may still be on its way through the helper when QEMU has ended: it is not ended
    /// before it has nothing left to do, within limits.
    /// </summary>
    public bool Drains { get; init; }

    /// <summary>Socket the helper makes itself and that must exist before QEMU starts, or <see langword="null"/>.</summary>
    public string? AwaitSocket { get; init; }

    /// <summary>True if the VM cannot live without it: its end ends the VM.</summary>
    public bool Essential { get; init; } = true;
}
