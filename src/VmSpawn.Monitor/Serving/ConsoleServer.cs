using VmSpawn.Engine.Console;
using VmSpawn.Engine.Native;
using VmSpawn.Engine.Supervision;

namespace VmSpawn.Monitor.Serving;

/// <summary>
/// The console: logs what the guest writes, shows it to any number of clients and passes on what one of them types. The
/// guest is always read from at once; clients follow the log at their own pace.
/// </summary>
internal sealed class ConsoleServer : IDisposable
{
    private const int ClientLimit = 64;
    private const int LogLimit = 8 * 1024 * 1024;
    private const int UntypedLimit = 64 * 1024;
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(1);

    private readonly EventLoop loop;
    private readonly FileDescriptor listener;
    private readonly LoopWatch listenWatch;
    private readonly RotatingLog log;
    private readonly TimeIndex times;
    private readonly List<ConsoleClient> clients = [];
    private FileDescriptor? guest;
    private LoopWatch? guestWatch;
    private SendQueue? typed;
    private ConsoleClient? writer;

    public ConsoleServer(EventLoop loop, string socketPath, string logPath, string timesPath)
    {
        this.loop = loop;
        log = new RotatingLog(logPath, LogLimit);
        times = new TimeIndex(timesPath, loop.Time);
        listener = UnixSocket.Listen(socketPath);
        listener.SetNonBlocking();
        listenWatch = loop.Watch(listener, PollEvents.Readable, _ => Accept());
    }

    /// <summary>How many bytes the guest has written.</summary>
    public long End => log.End;

    /// <summary>Connects the guest: our end of QEMU's console.</summary>
    public void Connect(FileDescriptor socket)
    {
        guest = socket;
        guestWatch = loop.Watch(socket, PollEvents.Readable, GuestReady);
        typed = new SendQueue(guestWatch, UntypedLimit);
    }

    /// <summary>Gives the clients the last of the output, for as long as that is worth waiting for.</summary>
    public async Task DrainAsync()
    {
        if (guest is not null && !guestWatch!.IsDisposed)
        {
            while (ReadGuest()) { }
        }

        var limit = loop.DelayAsync(DrainTime);
        while (clients.Any(client => client.Position < log.End) && !limit.IsCompleted)
        {
            await loop.DelayAsync(TimeSpan.FromMilliseconds(10));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        listenWatch.Dispose();
        listener.Dispose();
        foreach (var client in clients.ToArray())
        {
            client.Dispose();
        }

        guestWatch?.Dispose();
        guest?.Dispose();
        times.Finish(log.End);
        times.Dispose();
        log.Dispose();
    }

    /// <summary>Lets one client at a time type.</summary>
    internal bool TryBecomeWriter(ConsoleClient client)
    {
        writer ??= client;
        return writer == client;
    }

    /// <summary>True if something that was typed has not reached the guest yet.</summary>
    internal bool HasUntyped => typed is { Count: > 0 } && guestWatch is { IsDisposed: false };

    /// <summary>Passes on what a client has typed.</summary>
    /// <returns>False if the guest takes no more for now; it is told when it does.</returns>
    internal bool Type(ReadOnlySpan<byte> bytes)
    {
        if (typed is null || guestWatch is not { IsDisposed: false })
        {
            return true;
        }

        _ = typed.Send(bytes);
        return typed.Count < UntypedLimit / 2;
    }

    internal void Remove(ConsoleClient client)
    {
        clients.Remove(client);
        if (writer == client)
        {
            writer = null;
        }
    }

    private void Accept()
    {
        while (UnixSocket.Accept(listener) is { } socket)
        {
            if (clients.Count == ClientLimit)
            {
                socket.Dispose();
                continue;
            }

            clients.Add(new ConsoleClient(loop, socket, this, log));
        }
    }

    private void GuestReady(PollEvents events)
    {
        if (events.HasFlag(PollEvents.Writable) && typed!.Flush() && typed.Count == 0)
        {
            writer?.ResumeTyping();
        }

        if ((events & ~PollEvents.Writable) != PollEvents.None)
        {
            _ = ReadGuest();
        }
    }

    private bool ReadGuest()
    {
        Span<byte> buffer = stackalloc byte[16 * 1024];
        var count = UnixSocket.Receive(guest!, buffer);
        if (count == 0)
        {
            guestWatch!.Dispose();
        }

        if (count <= 0)
        {
            return false;
        }

        times.Note(log.End);
        log.Append(buffer[..count]);
        foreach (var client in clients.ToArray())
        {
            client.Pump();
        }

        return true;
    }
}
