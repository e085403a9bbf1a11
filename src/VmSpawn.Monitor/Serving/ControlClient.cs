using System.Text.Json;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Native;
using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Supervision;

namespace VmSpawn.Monitor.Serving;

/// <summary>One connection to the control socket.</summary>
internal sealed class ControlClient : IDisposable
{
    private const int RequestLimit = 1024 * 1024;

    // The largest answers are QMP schemas. Who does not read them is cut off, not waited for.
    private const int UnsentLimit = 4 * 1024 * 1024;

    private readonly FileDescriptor socket;
    private readonly IControlTarget target;
    private readonly Action<ControlClient> onClosed;
    private readonly LoopWatch watch;
    private readonly SendQueue outgoing;
    private readonly JsonLineReader lines = new(RequestLimit);
    private readonly List<JsonElement?> waiting = [];

    public ControlClient(EventLoop loop, FileDescriptor socket, IControlTarget target, Action<ControlClient> onClosed)
    {
        this.socket = socket;
        this.target = target;
        this.onClosed = onClosed;
        watch = loop.Watch(socket, PollEvents.Readable, Ready);
        outgoing = new SendQueue(watch, UnsentLimit);
    }

    /// <summary>True if it wants to be told of changes.</summary>
    public bool IsSubscribed { get; private set; }

    /// <summary>True if something sent has not left yet.</summary>
    public bool HasUnsent => !watch.IsDisposed && outgoing.Count > 0;

    /// <summary>Sends an answer or a change.</summary>
    public void Send(ControlReply reply)
    {
        byte[] line =
        [
            .. JsonSerializer.SerializeToUtf8Bytes(reply, ControlJsonContext.Default.ControlReply),
            (byte)'\n',
        ];
        if (!watch.IsDisposed && !outgoing.Send(line))
        {
            Dispose();
        }
    }

    /// <summary>Answers those requests that wait for the end.</summary>
    public void Finish(MachineRecord final)
    {
        foreach (var id in waiting)
        {
            Send(new ControlReply { Id = id, Record = final });
        }

        waiting.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!watch.IsDisposed)
        {
            watch.Dispose();
            socket.Dispose();
            onClosed(this);
        }
    }

    private void Ready(PollEvents events)
    {
        if (events.HasFlag(PollEvents.Writable) && !outgoing.Flush())
        {
            Dispose();
            return;
        }

        if ((events & ~PollEvents.Writable) != PollEvents.None)
        {
            Receive();
        }
    }

    private void Receive()
    {
        Span<byte> buffer = stackalloc byte[4096];
        var count = UnixSocket.Receive(socket, buffer);
        if (count == UnixSocket.NotNow)
        {
            return;
        }

        if (count == 0)
        {
            Dispose();
            return;
        }

        try
        {
            lines.Append(buffer[..count]);
            while (!watch.IsDisposed && lines.TryRead(out var line))
            {
                var request =
                    JsonSerializer.Deserialize(line.Span, ControlJsonContext.Default.ControlRequest)
                    ?? throw new JsonException("null");
                _ = AnswerAsync(request);
            }
        }
        catch (Exception e) when (e is JsonException or VmSpawnException)
        {
            Send(Refusal(null, "InvalidRequest", "This is no request: send one JSON object with 'execute' a line."));
            Dispose();
        }
    }

    private async Task AnswerAsync(ControlRequest request)
    {
        try
        {
            if (await ExecuteAsync(request) is { } reply)
            {
                Send(reply with { Id = request.Id });
            }
        }
        catch (Exception e)
        {
            Send(new ControlReply { Id = request.Id, Error = Failures.Describe(e) });
        }
    }

    private async Task<ControlReply?> ExecuteAsync(ControlRequest request)
    {
        switch (request.Execute)
        {
            case ControlRequest.Status:
                return new ControlReply { Record = await target.GetStatusAsync() };
            case ControlRequest.PowerDown:
                await target.PowerDownAsync();
                return new ControlReply();
            case ControlRequest.PowerOff:
                return await target.PowerOffAsync()
                    ? new ControlReply()
                    : Refusal(request.Id, ControlRequest.ManagerSilent, "The guest could not be asked over SSH.");
            case ControlRequest.Quit:
            case ControlRequest.Kill:
                target.End(atOnce: request.Execute == ControlRequest.Kill);
                return new ControlReply();
            case ControlRequest.Wait:
                waiting.Add(request.Id);
                return null;
            case ControlRequest.Subscribe:
                IsSubscribed = true;
                return new ControlReply();
            case ControlRequest.Qmp when request.Command is { } command:
                return new ControlReply { Return = await target.ExecuteQmpAsync(command) };
            default:
                return Refusal(request.Id, "InvalidRequest", $"There is no request '{request.Execute}' of this form.");
        }
    }

    private static ControlReply Refusal(JsonElement? id, string errorId, string message) =>
        new() { Id = id, Error = new MachineFailure(errorId, message, "", null) };
}
