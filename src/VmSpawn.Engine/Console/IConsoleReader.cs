namespace VmSpawn.Engine.Console;

/// <summary>Reads what a guest has written and writes to its console, in order.</summary>
public interface IConsoleReader : IDisposable
{
    /// <summary>Place of the next byte, counted from the first that the guest wrote.</summary>
    long Position { get; }

    /// <summary>Place behind the last byte that had been written when reading began.</summary>
    long HistoryEnd { get; }

    /// <summary>When the byte at a place that has been read was written; <see langword="null"/> if that is not known any more.</summary>
    DateTimeOffset? TimeOf(long position);

    /// <summary>Reads on; waits for the guest where everything has been read.</summary>
    /// <returns>Bytes read; 0 when the VM has ended.</returns>
    ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken);
}
