using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;

namespace VmSpawn.Monitor.Proxying;

/// <summary>One direction of a <see cref="Relay"/>: what was read waits until it can be written, up to a limit.</summary>
/// <param name="from">Where bytes come from.</param>
/// <param name="to">Where they go.</param>
/// <param name="end">Tells the receiver that no more will come.</param>
internal sealed class RelayDirection(FileDescriptor from, FileDescriptor to, Action end)
{
    private const int Capacity = 64 * 1024;

    // A pipe that poll calls writable takes this many bytes without waiting: PIPE_BUF (pipe(7)).
    private const int Piece = 4096;

    private readonly byte[] buffer = new byte[Capacity];
    private int start;
    private int count;
    private bool hasEnded;

    /// <summary>True once everything was delivered and the receiver told so, or the receiver is gone.</summary>
    public bool IsOver { get; private set; }

    /// <summary>True if there is room for more.</summary>
    public bool WantsToRead => !hasEnded && !IsOver && start + count < Capacity;

    /// <summary>True if something waits for the receiver.</summary>
    public bool WantsToWrite => count > 0 && !IsOver;

    /// <summary>Takes what is there. To be called when poll says that there is something.</summary>
    public void Read()
    {
        if (!WantsToRead)
        {
            return;
        }

        int read;
        try
        {
            read = from.Read(buffer.AsSpan(start + count));
        }
        catch (SystemCallException)
        {
            // A connection that was reset is one that has ended.
            read = 0;
        }

        if (read > 0)
        {
            count += read;
        }
        else if (read == 0)
        {
            hasEnded = true;
        }
    }

    /// <summary>Hands on what waits.</summary>
    /// <param name="isWritable">True if poll says that the receiver takes something.</param>
    public void Write(bool isWritable)
    {
        if (IsOver)
        {
            return;
        }

        try
        {
            if (isWritable && count > 0)
            {
                var written = Math.Max(0, to.Write(buffer.AsSpan(start, Math.Min(count, Piece))));
                count -= written;
                start = count == 0 ? 0 : start + written;
            }
        }
        catch (SystemCallException)
        {
            // The receiver is gone; the other direction may still have something to deliver.
            (count, hasEnded) = (0, true);
        }

        if (hasEnded && count == 0)
        {
            IsOver = true;
            end();
        }
    }
}
