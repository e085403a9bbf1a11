using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Resolution;

/// <summary>The receiver of the guest's journal.</summary>
/// <param name="Receiver">Absolute path of <c>systemd-journal-remote</c>.</param>
/// <param name="Output">Journal file or directory.</param>
/// <param name="IsFile">True for a file, false for a directory with a file for each host.</param>
/// <param name="Port">VSOCK port of the host on which it listens: the guest's CID, as the original has it.</param>
/// <param name="Limits">Limits of the journal.</param>
public sealed record ResolvedJournal(string Receiver, string Output, bool IsFile, uint Port, JournalLimits Limits);
