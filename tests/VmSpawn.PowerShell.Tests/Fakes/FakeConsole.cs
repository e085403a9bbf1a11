using System.Text;
using VmSpawn.Engine.Console;

namespace VmSpawn.PowerShell.Tests.Fakes;

/// <summary>A console on which this was written before, and this comes now; then the VM ends, or says nothing more.</summary>
internal sealed class FakeConsole(string before, string now = "", bool goesOn = false) : IConsoleReader
{
    private readonly byte[] _bytes = Encoding.UTF8.GetBytes(before + now);

    public long Position { get; private set; }

    public long HistoryEnd { get; } = Encoding.UTF8.GetByteCount(before);

    public DateTimeOffset? TimeOf(long position) => position == 0 ? null : Samples.Start.AddSeconds(position);

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var end = Position < HistoryEnd ? HistoryEnd : _bytes.Length;
        // In small pieces, as a serial port gives them.
        var count = (int)Math.Min(7, end - Position);
        if (count == 0 && goesOn)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        _bytes.AsMemory((int)Position, count).CopyTo(buffer);
        Position += count;
        return count;
    }

    public void Dispose() { }
}
