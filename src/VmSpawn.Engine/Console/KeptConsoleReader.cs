using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Console;

/// <summary>What is kept of the console of a VM that has ended.</summary>
internal sealed class KeptConsoleReader : IConsoleReader
{
    private readonly FileDescriptor? file;
    private readonly ConsoleTimes times;
    private readonly long start;

    public KeptConsoleReader(string logPath, string timesPath)
    {
        file = NativeFile.TryOpen(logPath, NativeFile.ReadOnly);
        times = ConsoleTimes.Read(timesPath);
        var length = file is null ? 0 : FileStatus.Get(file).Length;
        HistoryEnd = times.LastPosition ?? length;
        Position = start = Math.Max(0, HistoryEnd - length);
    }

    /// <inheritdoc/>
    public long Position { get; private set; }

    /// <inheritdoc/>
    public long HistoryEnd { get; }

    /// <inheritdoc/>
    public DateTimeOffset? TimeOf(long position) => times.TimeOf(position);

    /// <inheritdoc/>
    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = file?.ReadAt(buffer.Span, Position - start) ?? 0;
        Position += count;
        return ValueTask.FromResult(count);
    }

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();
}
