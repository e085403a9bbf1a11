using VmSpawn.Engine.Journal;

namespace VmSpawn.Services;

/// <summary>Which entries of which journal are wanted.</summary>
/// <param name="Path">Journal file, or directory of journal files.</param>
/// <param name="Query">Which entries.</param>
/// <param name="Follow">Whether those that are yet to come, too.</param>
/// <param name="Machine">Name of the VM at whose end no more can come; <see langword="null"/> if that is not known.</param>
internal sealed record JournalRequest(string Path, JournalQuery Query, bool Follow, string? Machine);
