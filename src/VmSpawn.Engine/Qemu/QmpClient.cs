using System.Buffers;
using System.Text.Json;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;
using VmSpawn.Engine.Supervision;

namespace VmSpawn.Engine.Qemu;

/// <summary>
/// Our side of QEMU's machine protocol on one socket (QEMU's "QMP specification"): the greeting, commands with their
/// replies, and events. Runs on an event loop and never waits by itself.
/// </summary>
internal sealed class QmpClient : IDisposable
{
    // The longest replies are schemas of a few hundred KiB.
    private const int LineLimit = 4 * 1024 * 1024;
    private const int UnsentLimit = 1024 * 1024;

    private readonly FileDescriptor socket;
    private readonly LoopWatch watch;
    private readonly SendQueue outgoing;
    private readonly JsonLineReader lines = new(LineLimit);
    private readonly Dictionary<long, (string Command, TaskCompletionSource<JsonElement> Reply)> waiting = [];
    private readonly TaskCompletionSource<JsonElement> greeting = new();
    private readonly TaskCompletionSource closed = new();
    private long lastId;

    /// <summary>Takes over a connected socket.</summary>
    /// <param name="loop">Where it runs.</param>
    /// <param name="socket">The socket; closed with this.</param>
    /// <param name="onEvent">Told of every event.</param>
    public QmpClient(EventLoop loop, FileDescriptor socket, Action<QmpEvent> onEvent)
    {
        this.socket = socket;
        OnEvent = onEvent;
        watch = loop.Watch(socket, PollEvents.Readable, Ready);
        outgoing = new SendQueue(watch, UnsentLimit);
    }

    /// <summary>QEMU's greeting; fails with the connection.</summary>
    public Task<JsonElement> Greeting => greeting.Task;

    /// <summary>Completes when QEMU has closed the connection, or spoke something else than QMP.</summary>
    public Task Closed => closed.Task;

    private Action<QmpEvent> OnEvent { get; }

    /// <summary>Waits for the greeting and leaves negotiation, so that commands are taken.</summary>
    public async Task NegotiateAsync()
    {
        await Greeting;
        await ExecuteAsync("qmp_capabilities");
    }

    /// <summary>Gives a command.</summary>
    /// <param name="command">Its name.</param>
    /// <param name="arguments">Its arguments as a JSON object, or <see langword="null"/>.</param>
    /// <returns>What QEMU returns.</returns>
    /// <exception cref="QmpException">QEMU refuses, or the connection is closed.</exception>
    public Task<JsonElement> ExecuteAsync(string command, JsonElement? arguments = null)
    {
        if (closed.Task.IsCompleted)
        {
            return Task.FromException<JsonElement>(ClosedError(command));
        }

        var id = ++lastId;
        var reply = new TaskCompletionSource<JsonElement>();
        waiting.Add(id, (command, reply));
        if (!outgoing.Send(Request(id, command, arguments)))
        {
            Close(null);
        }

        return reply.Task;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close(null);
        socket.Dispose();
    }

    private static ReadOnlySpan<byte> Request(long id, string command, JsonElement? arguments)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("execute", command);
            if (arguments is { } given)
            {
                writer.WritePropertyName("arguments");
                given.WriteTo(writer);
            }

            writer.WriteNumber("id", id);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan;
    }

    private void Ready(PollEvents events)
    {
        if (events.HasFlag(PollEvents.Writable) && !outgoing.Flush())
        {
            Close(null);
            return;
        }

        if ((events & ~PollEvents.Writable) != PollEvents.None)
        {
            Receive();
        }
    }

    private void Receive()
    {
        Span<byte> buffer = stackalloc byte[8192];
        var count = UnixSocket.Receive(socket, buffer);
        if (count == UnixSocket.NotNow)
        {
            return;
        }

        if (count == 0)
        {
            Close(null);
            return;
        }

        try
        {
            lines.Append(buffer[..count]);
            while (!watch.IsDisposed && lines.TryRead(out var line))
            {
                using var document = JsonDocument.Parse(line);
                Handle(document.RootElement);
            }
        }
        catch (Exception e) when (IsProtocolError(e))
        {
            Close($"QEMU sent something that is not QMP: {e.Message}");
        }
    }

    private static bool IsProtocolError(Exception e) =>
        e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or VmSpawnException;

    private void Handle(JsonElement message)
    {
        if (message.TryGetProperty("return", out var result))
        {
            Complete(message)?.Reply.TrySetResult(result.Clone());
        }
        else if (message.TryGetProperty("error", out var error))
        {
            // Read whole before its command is taken off the list: otherwise a malformed one would leave that waiting.
            var (words, kind) = (error.GetProperty("desc").GetString(), error.GetProperty("class").GetString());
            if (Complete(message) is { } refused)
            {
                refused.Reply.TrySetException(
                    new QmpException("QmpCommandFailed", refused.Command, words ?? "") { ErrorClass = kind }
                );
            }
        }
        else if (message.TryGetProperty("event", out var name))
        {
            var data = message.TryGetProperty("data", out var given) ? given.Clone() : default;
            OnEvent(new QmpEvent(name.GetString() ?? "", data));
        }
        else if (message.TryGetProperty("QMP", out var hello))
        {
            greeting.TrySetResult(hello.Clone());
        }
        else
        {
            throw new FormatException("a message of no known kind");
        }
    }

    private (string Command, TaskCompletionSource<JsonElement> Reply)? Complete(JsonElement message) =>
        message.TryGetProperty("id", out var id) && waiting.Remove(id.GetInt64(), out var request) ? request : null;

    private void Close(string? protocolError)
    {
        if (watch.IsDisposed)
        {
            return;
        }

        watch.Dispose();
        foreach (var (command, reply) in waiting.Values)
        {
            reply.TrySetException(Failure(command));
        }

        waiting.Clear();
        greeting.TrySetException(Failure(null));
        // Nobody need be waiting for the greeting any more.
        _ = greeting.Task.Exception;
        closed.TrySetResult();

        QmpException Failure(string? command) =>
            protocolError is null ? ClosedError(command) : new QmpException("QmpProtocolError", command, protocolError);
    }

    private static QmpException ClosedError(string? command) =>
        new("QmpClosed", command, "QEMU has closed its QMP connection.");
}
