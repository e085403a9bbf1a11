using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Resolution;

/// <summary>The receiver of the guest's journal.</summary>
/// <param name="Receiver">Absolute path of <c>systemd-journal-remote</c>.</param>
/// <param name="Output">Journal file or directory.</param>
/// <param name="IsFile">True for a file, false for a directory with a file for each host.</param>
/// <param name="Port">VSOCK port of the host on which it listens: the guest's CID, as the original has it.</param>
/// <param name="Limits">Limits of the journal.</param>
public sealed record ResolvedJournal(string Receiver, string Output, bool IsFile, uint Port, JournalLimits Limits)
{
    /// <summary>
    /// UNIX socket at which the guest's connection to <see cref="Port"/> arrives, or <see langword="null"/> where that is
    /// the kernel's VSOCK.
    /// </summary>
    public string? SocketPath { get; init; }

    /// <summary>True if file or directory is there already, so that another VM may be writing to it.</summary>
    public bool Exists { get; init; }

    /// <summary>
    /// What the guest's journald is told (systemd.system-credentials(7), <c>journal.forward_to_socket</c>). The device in
    /// user space carries streams only.
    /// </summary>
    public string GuestAddress => SocketPath is null ? $"vsock:2:{Port}" : $"vsock-stream:2:{Port}";
}
