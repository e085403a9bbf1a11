using System.Text.Json;
using VmSpawn.Engine.Native;
using VmSpawn.Engine.Supervision;

namespace VmSpawn.Monitor;

/// <summary>The supervisor's side of the channel to the process that starts the VM.</summary>
internal sealed class ReportChannel : IDisposable
{
    private const int UnsentLimit = 1024 * 1024;

    private readonly FileDescriptor socket;
    private readonly LoopWatch watch;
    private readonly SendQueue outgoing;
    private readonly TaskCompletionSource<bool> verdict = new();

    public ReportChannel(EventLoop loop, FileDescriptor socket)
    {
        this.socket = socket;
        watch = loop.Watch(socket, PollEvents.Readable, Ready);
        outgoing = new SendQueue(watch, UnsentLimit);
    }

    /// <summary>True once the VM was accepted; false if the start was given up, or the starting process is gone.</summary>
    public Task<bool> Verdict => verdict.Task;

    /// <summary>Sends a message, if anybody listens.</summary>
    public void Send(ReportMessage message)
    {
        byte[] line =
        [
            .. JsonSerializer.SerializeToUtf8Bytes(message, ReportJsonContext.Default.ReportMessage),
            (byte)'\n',
        ];
        if (!watch.IsDisposed && !outgoing.Send(line))
        {
            Decide(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        watch.Dispose();
        socket.Dispose();
    }

    private void Ready(PollEvents events)
    {
        if ((events & (PollEvents.HangUp | PollEvents.Error)) != PollEvents.None)
        {
            Receive();
            watch.Dispose();
            return;
        }

        if (events.HasFlag(PollEvents.Writable) && !outgoing.Flush())
        {
            Decide(false);
            return;
        }

        if (events.HasFlag(PollEvents.Readable))
        {
            Receive();
        }
    }

    private void Receive()
    {
        Span<byte> buffer = stackalloc byte[16];
        var count = UnixSocket.Receive(socket, buffer);
        if (count != UnixSocket.NotNow)
        {
            Decide(count > 0 && buffer[0] == MonitorProtocol.Commit);
        }
    }

    private void Decide(bool isAccepted)
    {
        // The end of the stream stays readable for ever; nothing else is expected.
        watch.Events &= ~PollEvents.Readable;
        verdict.TrySetResult(isAccepted);
    }
}
