namespace VmSpawn.Engine.Firmware;

/// <summary>One descriptor of the host, and what became of it in a selection.</summary>
/// <param name="Path">Path of the descriptor file.</param>
/// <param name="Descriptor">What it says, or <see langword="null"/> if it is not valid.</param>
/// <param name="Selected">True for the one that is taken: the first that fits.</param>
/// <param name="Reason">Why it is or is not taken, in a clause.</param>
public sealed record FirmwareCandidate(string Path, FirmwareDescriptor? Descriptor, bool Selected, string Reason);
