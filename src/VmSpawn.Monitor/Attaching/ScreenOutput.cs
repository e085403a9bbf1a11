using System.Buffers;
using VmSpawn.Engine.Console;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;

namespace VmSpawn.Monitor.Attaching;

/// <summary>Standard output while it shows a console. Only a terminal gets more than the guest's own bytes.</summary>
internal sealed class ScreenOutput : IDisposable
{
    // A pipe that can be written takes so much at once (PIPE_BUF, pipe(7)), so that a write never waits.
    private const int AtOnce = 4096;
    private const int NonBlocking = 0x800; // O_NONBLOCK, open(2)
    private static readonly TimeSpan LastTime = TimeSpan.FromSeconds(1);

    private readonly TerminalFilter? filter;
    private readonly ArrayBufferWriter<byte> waiting = new();
    private int start;

    public ScreenOutput(TerminalRequest request)
    {
        var isTerminal = TerminalSettings.IsTerminal(1);
        // A terminal is opened once more: not to wait for it must not change what others have open.
        Descriptor =
            (isTerminal ? NativeFile.TryOpen("/proc/self/fd/1", NativeFile.WriteOnly | NonBlocking) : null)
            ?? FileDescriptor.CopyOf(1);
        if (isTerminal && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"))
        {
            filter = new TerminalFilter(request.Background, request.Title, request.Title.Length > 0 ? "🟢 " : "");
            filter.Begin(waiting);
        }
    }

    /// <summary>The descriptor.</summary>
    public FileDescriptor Descriptor { get; }

    /// <summary>True if something waits to be shown.</summary>
    public bool IsWaiting => waiting.WrittenCount > start;

    /// <summary>Takes what the guest has written.</summary>
    public void Show(ReadOnlySpan<byte> bytes)
    {
        if (filter is null)
        {
            waiting.Write(bytes);
        }
        else
        {
            filter.Pass(bytes, waiting);
        }
    }

    /// <summary>Shows what fits.</summary>
    /// <returns>False if nobody is there to see it.</returns>
    public bool Flush()
    {
        try
        {
            var rest = waiting.WrittenSpan[start..];
            start += Math.Max(0, Descriptor.Write(rest[..Math.Min(rest.Length, AtOnce)]));
        }
        catch (SystemCallException)
        {
            return false;
        }

        if (!IsWaiting)
        {
            waiting.ResetWrittenCount();
            start = 0;
        }

        return true;
    }

    /// <summary>Gives the terminal back, as far as it takes that in a moment.</summary>
    public void Dispose()
    {
        filter?.End(waiting);
        var limit = Environment.TickCount64 + (long)LastTime.TotalMilliseconds;
        while (IsWaiting && Environment.TickCount64 < limit)
        {
            Span<PollEntry> entry = [new PollEntry { Descriptor = Descriptor.Number, Requested = PollEvents.Writable }];
            _ = Poller.Wait(entry, 100);
            if ((entry[0].Returned != PollEvents.None) && !Flush())
            {
                break;
            }
        }

        Descriptor.Dispose();
    }
}
