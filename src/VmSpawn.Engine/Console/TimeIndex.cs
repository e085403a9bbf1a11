using System.Buffers.Binary;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Console;

/// <summary>
/// Says when a guest wrote what: beside the log, a file of pairs of a place in all output and a time, 16 bytes each. It
/// is bounded as the log is: once it is full, another is begun and its predecessor kept with the suffix <c>.1</c>; of
/// what is older than both, the time is not known.
/// </summary>
internal sealed class TimeIndex : IDisposable
{
    /// <summary>Bytes of an entry: place and milliseconds since 1970, both little-endian.</summary>
    public const int EntrySize = 16;

    private const int EntryLimit = 16 * 1024;
    private const int Granularity = 10;

    private readonly string path;
    private readonly TimeProvider time;
    private FileDescriptor? file;
    private int entries;
    private long? last;

    /// <summary>Begins an empty index.</summary>
    public TimeIndex(string path, TimeProvider time)
    {
        this.path = path;
        this.time = time;
        file = OpenNew();
    }

    /// <summary>Notes that what comes at this place is written now.</summary>
    public void Note(long position)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        // A clock that was set back counts anew.
        if (last is not { } before || now - before >= Granularity || now < before)
        {
            Write(position, now);
        }
    }

    /// <summary>Notes the end of all output, by which the log's places are found later.</summary>
    public void Finish(long position) => Write(position, time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <inheritdoc/>
    public void Dispose()
    {
        file?.Dispose();
        file = null;
    }

    private void Write(long position, long now)
    {
        Span<byte> entry = stackalloc byte[EntrySize];
        BinaryPrimitives.WriteInt64LittleEndian(entry, position);
        BinaryPrimitives.WriteInt64LittleEndian(entry[8..], now);
        try
        {
            if (entries == EntryLimit)
            {
                file?.Dispose();
                NativeFile.Rename(path, RotatingLog.PreviousPath(path));
                file = OpenNew();
                entries = 0;
            }

            file?.WriteAll(entry);
            entries++;
            last = now;
        }
        catch (SystemCallException)
        {
            // A disk without room: the log goes on without times.
            Dispose();
        }
    }

    private FileDescriptor OpenNew() =>
        NativeFile.Open(path, NativeFile.WriteOnly | NativeFile.Create | NativeFile.Truncate, NativeFile.Private);
}
