namespace VmSpawn.Engine.Console;

/// <summary>The console of a VM that runs.</summary>
/// <param name="stream">The attached console.</param>
/// <param name="timesPath">Path of its index of times.</param>
/// <param name="clock">Stamps what comes from now on.</param>
internal sealed class LiveConsoleReader(ConsoleStream stream, string timesPath, TimeProvider clock) : IConsoleReader
{
    private readonly ConsoleTimes times = ConsoleTimes.Read(timesPath);
    private DateTimeOffset arrived = clock.GetUtcNow();

    /// <inheritdoc/>
    public long Position { get; private set; } = stream.FirstPosition;

    /// <inheritdoc/>
    public long HistoryEnd => stream.HistoryEnd;

    /// <inheritdoc/>
    public DateTimeOffset? TimeOf(long position) => position < HistoryEnd ? times.TimeOf(position) : arrived;

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = await stream.ReadAsync(buffer, cancellationToken);
        arrived = clock.GetUtcNow();
        Position += count;
        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
