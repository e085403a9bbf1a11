namespace VmSpawn.Engine.Console;

/// <summary>A line that a guest has written.</summary>
/// <param name="Start">Place of its first byte.</param>
/// <param name="End">Place behind it, its line end included.</param>
/// <param name="Bytes">It, without its line end.</param>
/// <param name="IsComplete">False as long as no line end has come.</param>
public sealed record ConsoleLine(long Start, long End, ReadOnlyMemory<byte> Bytes, bool IsComplete);
