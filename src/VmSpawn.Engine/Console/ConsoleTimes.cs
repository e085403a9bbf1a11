using System.Buffers.Binary;
using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Console;

/// <summary>When a guest wrote what, read from its <see cref="TimeIndex"/>.</summary>
internal sealed class ConsoleTimes
{
    private readonly List<(long Position, long Time)> entries = [];

    private ConsoleTimes() { }

    /// <summary>Place behind the last byte, as far as the index goes; <see langword="null"/> if it is empty.</summary>
    public long? LastPosition => entries.Count == 0 ? null : entries[^1].Position;

    /// <summary>Reads the index as it is now; one that is not there is empty.</summary>
    public static ConsoleTimes Read(string path)
    {
        var times = new ConsoleTimes();
        times.Add(NativeFile.TryRead(RotatingLog.PreviousPath(path)));
        times.Add(NativeFile.TryRead(path));
        return times;
    }

    /// <summary>When the byte at this place was written; <see langword="null"/> if that is not known any more.</summary>
    public DateTimeOffset? TimeOf(long position)
    {
        var (low, high) = (0, entries.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = entries[middle].Position <= position ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(entries[low - 1].Time);
    }

    private void Add(byte[]? bytes)
    {
        // Half an entry is one that is just being written.
        for (var at = 0; at + TimeIndex.EntrySize <= bytes?.Length; at += TimeIndex.EntrySize)
        {
            var entry = bytes.AsSpan(at, TimeIndex.EntrySize);
            entries.Add(
                (BinaryPrimitives.ReadInt64LittleEndian(entry), BinaryPrimitives.ReadInt64LittleEndian(entry[8..]))
            );
        }
    }
}
