namespace VmSpawn.Engine.Notifications;

/// <summary>Lines out of a stream of bytes that may be cut anywhere; a line that is too long is dropped as a whole.</summary>
internal sealed class NotifyLines
{
    private readonly byte[] held = new byte[NotifyMessage.SizeLimit];
    private int count;
    private bool isDropping;

    /// <summary>Takes a line, without its end.</summary>
    public delegate void LineTaker(ReadOnlySpan<byte> line);

    /// <summary>True if the beginning of a line waits for its end.</summary>
    public bool HasRest => count > 0;

    /// <summary>Takes more bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="take">Given each line that is complete.</param>
    /// <returns>How many lines were too long.</returns>
    public int Append(ReadOnlySpan<byte> bytes, LineTaker take)
    {
        var dropped = 0;
        while (bytes.Length > 0)
        {
            var end = bytes.IndexOf((byte)'\n');
            var part = end < 0 ? bytes : bytes[..end];
            if (!isDropping && count + part.Length > held.Length)
            {
                (isDropping, count) = (true, 0);
                dropped++;
            }

            if (!isDropping)
            {
                part.CopyTo(held.AsSpan(count));
                count += part.Length;
            }

            if (end < 0)
            {
                break;
            }

            if (!isDropping)
            {
                TakeRest(take);
            }

            isDropping = false;
            bytes = bytes[(end + 1)..];
        }

        return dropped;
    }

    /// <summary>Takes what waits for its end as a line.</summary>
    public void TakeRest(LineTaker take)
    {
        if (count > 0)
        {
            var length = count;
            count = 0;
            take(held.AsSpan(0, length));
        }
    }
}
