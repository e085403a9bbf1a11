using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Qemu;

/// <summary>
/// Cuts a byte stream into lines, as QMP and the supervisor's own sockets send JSON. Takes the stream in any pieces;
/// skips empty lines; holds no more than the limit.
/// </summary>
/// <param name="limit">Longest line in bytes.</param>
internal sealed class JsonLineReader(int limit)
{
    private const int SmallBuffer = 4096;
    private byte[] buffer = [];
    private int start;
    private int end;
    private int scanned;

    /// <summary>Adds what has arrived.</summary>
    /// <exception cref="VmSpawnException"><c>LineTooLong</c>: the peer does not speak this protocol.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        MakeRoom(bytes.Length);
        bytes.CopyTo(buffer.AsSpan(end));
        end += bytes.Length;
    }

    /// <summary>The next whole line without its end.</summary>
    /// <param name="line">Valid until the next call.</param>
    /// <returns>False if the line is not complete yet.</returns>
    public bool TryRead(out ReadOnlyMemory<byte> line)
    {
        while (true)
        {
            var found = buffer.AsSpan(scanned, end - scanned).IndexOf((byte)'\n');
            if (found < 0)
            {
                scanned = end;
                line = default;
                return end - start <= limit ? false : throw TooLong();
            }

            var length = scanned + found - start;
            var begin = start;
            start += length + 1;
            scanned = start;
            if (length > limit)
            {
                throw TooLong();
            }

            if (length > 0 && buffer[begin + length - 1] == '\r')
            {
                length--;
            }

            if (length > 0)
            {
                line = buffer.AsMemory(begin, length);
                return true;
            }
        }
    }

    private void MakeRoom(int count)
    {
        var held = end - start;
        if (buffer.Length - end >= count)
        {
            return;
        }

        // One unfinished line is small nearly always; a large buffer is given back once its line is done.
        var size = Math.Max(SmallBuffer, held + count);
        var target =
            size <= buffer.Length && (buffer.Length <= SmallBuffer || size * 4 > buffer.Length)
                ? buffer
                : new byte[size == SmallBuffer ? size : checked(size * 2)];
        buffer.AsSpan(start, held).CopyTo(target);
        buffer = target;
        scanned -= start;
        start = 0;
        end = held;
    }

    private VmSpawnException TooLong() =>
        new("LineTooLong", VmErrorKind.InvalidData, $"A line is longer than {limit} bytes.", limit);
}
