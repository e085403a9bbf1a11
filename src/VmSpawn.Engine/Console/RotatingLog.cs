using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Console;

/// <summary>
/// A log of bounded size: a file and, once that is full, its predecessor with the suffix <c>.1</c>. No byte is lost
/// between the two. Every byte has a position that counts from the beginning of all output, so that any number of
/// readers can follow it, each from its own place, without memory of its own.
/// </summary>
/// <remarks>A disk without room never disturbs the VM: the older file is given up, then the log itself.</remarks>
internal sealed class RotatingLog : IDisposable
{
    private readonly string path;
    private readonly int limit;
    private FileDescriptor? current;
    private FileDescriptor? previous;
    private long currentStart;

    /// <summary>Begins an empty log.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="limit">Size in bytes from which on a new file is begun.</param>
    public RotatingLog(string path, int limit)
    {
        this.path = path;
        this.limit = limit;
        current = OpenNew();
    }

    /// <summary>Position of the oldest byte that can still be read.</summary>
    public long Start { get; private set; }

    /// <summary>Position of the next byte to be written: how many there have been.</summary>
    public long End { get; private set; }

    /// <summary>Path of the predecessor of a log.</summary>
    public static string PreviousPath(string path) => $"{path}.1";

    /// <summary>Adds bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (End - currentStart >= limit)
            {
                Rotate();
            }

            var part = bytes[..(int)Math.Min(bytes.Length, limit - (End - currentStart))];
            if (!TryWrite(part))
            {
                // Whatever was written of this part is of no use without the rest.
                End += bytes.Length;
                Start = currentStart = End;
                return;
            }

            End += part.Length;
            bytes = bytes[part.Length..];
        }
    }

    /// <summary>Reads from a position between <see cref="Start"/> and <see cref="End"/>.</summary>
    /// <returns>Bytes read; 0 at the end.</returns>
    public int Read(long position, Span<byte> buffer)
    {
        if (position < Start || position >= End)
        {
            return 0;
        }

        var inCurrent = position >= currentStart;
        var (file, fileStart, fileEnd) = inCurrent
            ? (current, currentStart, End)
            : (previous, currentStart - limit, currentStart);
        var count = (int)Math.Min(buffer.Length, fileEnd - position);
        return file?.ReadAt(buffer[..count], position - fileStart) ?? 0;
    }

    /// <summary>
    /// The beginning of the first line at or after a position, so that nobody is shown half a character or sequence;
    /// the position itself where no line begins for a while.
    /// </summary>
    public long LineStartFrom(long position)
    {
        if (position <= Start || position >= End)
        {
            return position;
        }

        Span<byte> buffer = stackalloc byte[4096];
        var count = Read(position - 1, buffer);
        var end = buffer[..count].IndexOf((byte)'\n');
        return end < 0 ? position : position + end;
    }

    /// <summary>The last bytes, at most <paramref name="count"/>.</summary>
    public byte[] Tail(int count)
    {
        var position = Math.Max(Start, End - count);
        var tail = new byte[End - position];
        var length = 0;
        for (int read; length < tail.Length && (read = Read(position + length, tail.AsSpan(length))) > 0; )
        {
            length += read;
        }

        return tail;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        current?.Dispose();
        previous?.Dispose();
        (current, previous) = (null, null);
    }

    private bool TryWrite(ReadOnlySpan<byte> bytes)
    {
        if (current is null)
        {
            return TryStartOver(bytes);
        }

        try
        {
            current.WriteAll(bytes);
            return true;
        }
        catch (SystemCallException)
        {
            return TryStartOver(bytes);
        }
    }

    // No room: the log restarts with these bytes, if they fit, in place of everything older.
    private bool TryStartOver(ReadOnlySpan<byte> bytes)
    {
        try
        {
            previous?.Dispose();
            current?.Dispose();
            (previous, current) = (null, null);
            NativeFile.Remove(PreviousPath(path));
            current = OpenNew();
            Start = currentStart = End;
            current.WriteAll(bytes);
            return true;
        }
        catch (SystemCallException)
        {
            current?.Dispose();
            current = null;
            return false;
        }
    }

    private void Rotate()
    {
        try
        {
            NativeFile.Rename(path, PreviousPath(path));
            previous?.Dispose();
            (previous, current) = (current, null);
            Start = currentStart;
            currentStart = End;
            current = OpenNew();
        }
        catch (SystemCallException)
        {
            // Without a file, appending starts over.
            current?.Dispose();
            current = null;
        }
    }

    private FileDescriptor OpenNew() =>
        NativeFile.Open(
            path,
            NativeFile.ReadWrite | NativeFile.Create | NativeFile.Truncate | NativeFile.Append,
            NativeFile.Private
        );
}
