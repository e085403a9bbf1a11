namespace VmSpawn.Engine.Journal;

/// <summary>Cuts a stream into lines. One that is too long is left out; no more than that is held of it.</summary>
/// <param name="stream">The stream.</param>
/// <param name="limit">Longest line in bytes.</param>
internal sealed class JournalLines(Stream stream, int limit)
{
    private const int FirstSize = 64 * 1024;

    private byte[] buffer = new byte[FirstSize];
    private int start;
    private int end;
    private int scanned;
    private bool isSkipping;

    /// <summary>The next line without its end: nothing of one that was too long.</summary>
    /// <returns><see langword="null"/> at the end of the stream; what is there after the last line's end is no line.</returns>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = buffer.AsSpan(scanned, end - scanned).IndexOf((byte)'\n');
            if (found >= 0)
            {
                var line = buffer.AsMemory(start, scanned + found - start);
                start = scanned = scanned + found + 1;
                (var skipped, isSkipping) = (isSkipping, false);
                return skipped ? ReadOnlyMemory<byte>.Empty : line;
            }

            scanned = end;
            MakeRoom();
            var count = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
            if (count == 0)
            {
                return null;
            }

            end += count;
        }
    }

    private void MakeRoom()
    {
        var held = end - start;
        if (isSkipping || held > limit)
        {
            isSkipping = true;
            held = 0;
        }

        var target = held * 2 <= buffer.Length ? buffer : new byte[buffer.Length * 2];
        // An ordinary line came after a very long one.
        if (held * 2 <= FirstSize && buffer.Length > FirstSize)
        {
            target = new byte[FirstSize];
        }

        buffer.AsSpan(end - held, held).CopyTo(target);
        (buffer, start, end, scanned) = (target, 0, held, held);
    }
}
