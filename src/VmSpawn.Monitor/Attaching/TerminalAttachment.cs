using VmSpawn.Engine.Console;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;

namespace VmSpawn.Monitor.Attaching;

/// <summary>A console on a terminal: bytes both ways until one of the ends comes.</summary>
internal sealed class TerminalAttachment(FileDescriptor shell, FileDescriptor console, TerminalRequest request)
    : IDisposable
{
    // More than that nobody types before the guest reads; what comes then is lost, as at any terminal, but the escape
    // sequence is still seen.
    private const int UntypedLimit = 64 * 1024;
    private const int ChunkSize = 16 * 1024;

    private readonly FileDescriptor signals = SignalDescriptor.Open(Signal.Terminate, Signal.Hangup);
    private readonly KeyboardInput? keyboard = request.Interactive ? KeyboardInput.TryOpen() : null;
    private readonly ScreenOutput screen = new(request);
    private readonly EscapeCounter escape = new(TimeProvider.System);
    private readonly byte[] buffer = new byte[ChunkSize];
    private readonly List<byte> untyped = [];
    private bool isInputOver;
    private TerminalEnd? end;

    /// <summary>Shows the console.</summary>
    public TerminalEnd Run()
    {
        Span<PollEntry> entries = stackalloc PollEntry[5];
        // What has come is still shown, and what was typed is still passed on.
        while (end is null || (end != TerminalEnd.Stopped && end != TerminalEnd.Escaped && HasRest))
        {
            entries[0] = Entry(shell, PollEvents.Readable);
            entries[1] = Entry(signals, PollEvents.Readable);
            entries[2] = Entry(end is null ? console : null, ConsoleEvents);
            entries[3] = Entry(isInputOver ? null : keyboard?.Descriptor, PollEvents.Readable);
            entries[4] = Entry(screen.IsWaiting ? screen.Descriptor : null, PollEvents.Writable);
            _ = Poller.Wait(entries, -1);
            if (entries[0].Returned != PollEvents.None || entries[1].Returned != PollEvents.None)
            {
                return TerminalEnd.Stopped;
            }

            if (entries[4].Returned != PollEvents.None && !screen.Flush())
            {
                return TerminalEnd.InputEnded;
            }

            if (entries[3].Returned != PollEvents.None)
            {
                ReadKeys();
            }

            if (entries[2].Returned != PollEvents.None)
            {
                Type();
                ReadConsole();
            }
        }

        return end.Value;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        screen.Dispose();
        keyboard?.Dispose();
        signals.Dispose();
    }

    private bool HasRest => screen.IsWaiting;

    private PollEvents ConsoleEvents =>
        (screen.IsWaiting ? PollEvents.None : PollEvents.Readable)
        | (untyped.Count > 0 ? PollEvents.Writable : PollEvents.None);

    private static PollEntry Entry(FileDescriptor? descriptor, PollEvents events) =>
        new() { Descriptor = descriptor?.Number ?? -1, Requested = events };

    private void ReadKeys()
    {
        int count;
        try
        {
            count = keyboard!.Descriptor.Read(buffer);
        }
        catch (SystemCallException)
        {
            // The terminal was hung up.
            count = 0;
        }

        if (count < 0)
        {
            return;
        }

        if (count == 0)
        {
            isInputOver = true;
            EndInput();
            return;
        }

        var keys = buffer.AsSpan(0, count);
        if (request.HasEscape && escape.Read(keys))
        {
            end = TerminalEnd.Escaped;
            return;
        }

        untyped.AddRange(keys[..Math.Min(count, UntypedLimit - untyped.Count)]);
        Type();
    }

    private void Type()
    {
        if (untyped.Count == 0)
        {
            return;
        }

        var sent = UnixSocket.Send(console, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(untyped));
        if (sent > 0)
        {
            untyped.RemoveRange(0, sent);
        }
        else if (sent == UnixSocket.PeerGone)
        {
            untyped.Clear();
        }

        EndInput();
    }

    private void EndInput()
    {
        if (isInputOver && untyped.Count == 0)
        {
            end ??= TerminalEnd.InputEnded;
        }
    }

    private void ReadConsole()
    {
        if (screen.IsWaiting)
        {
            return;
        }

        var count = UnixSocket.Receive(console, buffer);
        if (count == 0)
        {
            end = TerminalEnd.ConsoleClosed;
        }
        else if (count > 0)
        {
            screen.Show(buffer.AsSpan(0, count));
        }
    }
}
