using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Supervision;

/// <summary>
/// Bytes on their way into a socket. What the socket does not take at once is held, up to a limit, and sent when it
/// can be; nobody ever waits for the reader at the other end.
/// </summary>
/// <param name="watch">Watch of the socket; asks for writability while something is held.</param>
/// <param name="limit">How many bytes are held at most.</param>
internal sealed class SendQueue(LoopWatch watch, int limit)
{
    private byte[] held = [];
    private int start;
    private int end;

    /// <summary>Bytes that wait.</summary>
    public int Count => end - start;

    /// <summary>Sends or holds the bytes.</summary>
    /// <returns>False if the peer is gone or too much would be held; the connection is of no use then.</returns>
    public bool Send(ReadOnlySpan<byte> bytes)
    {
        if (Count == 0)
        {
            var sent = UnixSocket.Send(watch.Descriptor, bytes);
            if (sent == UnixSocket.PeerGone)
            {
                return false;
            }

            bytes = bytes[Math.Max(0, sent)..];
        }

        return bytes.Length == 0 || Hold(bytes);
    }

    /// <summary>Sends what is held, as far as it goes; to be called when the socket is writable.</summary>
    /// <returns>False if the peer is gone.</returns>
    public bool Flush()
    {
        while (Count > 0)
        {
            var sent = UnixSocket.Send(watch.Descriptor, held.AsSpan(start, Count));
            if (sent == UnixSocket.PeerGone)
            {
                return false;
            }

            if (sent < 0)
            {
                break;
            }

            start += sent;
        }

        if (Count == 0)
        {
            (held, start, end) = ([], 0, 0);
            watch.Events &= ~PollEvents.Writable;
        }

        return true;
    }

    private bool Hold(ReadOnlySpan<byte> bytes)
    {
        var total = Count + bytes.Length;
        if (total > limit)
        {
            return false;
        }

        if (held.Length - end < bytes.Length)
        {
            var target = new byte[Math.Min(limit, Math.Max(4096, total * 2))];
            held.AsSpan(start, Count).CopyTo(target);
            (held, start, end) = (target, 0, Count);
        }

        bytes.CopyTo(held.AsSpan(end));
        end += bytes.Length;
        watch.Events |= PollEvents.Writable;
        return true;
    }
}
