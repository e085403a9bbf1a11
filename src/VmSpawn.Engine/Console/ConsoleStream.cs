using System.Net.Sockets;
using System.Text.Json;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Console;

/// <summary>A client's end of an attached console: reads what the guest writes, writes what is typed.</summary>
internal sealed class ConsoleStream : Stream
{
    private const int AnswerLimit = 4096;

    private readonly Socket socket;

    private ConsoleStream(Socket socket, ControlReply answer, bool canWrite)
    {
        this.socket = socket;
        CanWrite = canWrite;
        FirstPosition = answer.ConsolePosition ?? 0;
        HistoryEnd = answer.ConsoleEnd ?? 0;
    }

    /// <summary>Place of the first byte in all that the guest has written since its start.</summary>
    public long FirstPosition { get; }

    /// <summary>Place behind the last byte that had been written when the console was attached.</summary>
    public long HistoryEnd { get; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite { get; }

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Attaches to a supervisor's console socket.</summary>
    /// <returns><see langword="null"/> if nobody listens there.</returns>
    /// <exception cref="VmSpawnException">It is refused: <c>ConsoleBusy</c>.</exception>
    public static async Task<ConsoleStream?> TryOpenAsync(
        string path,
        ConsoleRequest request,
        CancellationToken cancellationToken
    )
    {
        var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            client.Connect(new UnixDomainSocketEndPoint(path));
            byte[] line =
            [
                .. JsonSerializer.SerializeToUtf8Bytes(request, ControlJsonContext.Default.ConsoleRequest),
                (byte)'\n',
            ];
            await client.SendAsync(line, cancellationToken);
            if (await ReceiveAnswerAsync(client, cancellationToken) is not { } received)
            {
                client.Dispose();
                return null;
            }

            return new ConsoleStream(client, Check(received), request.Access != ConsoleAccess.Read);
        }
        catch (SocketException)
        {
            client.Dispose();
            return null;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return socket.Receive(buffer);
        }
        catch (SocketException)
        {
            // The supervisor was killed: an end like any other.
            return 0;
        }
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await socket.ReceiveAsync(buffer, cancellationToken);
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) =>
        WriteAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    /// <exception cref="IOException">The VM has ended.</exception>
    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        if (!CanWrite)
        {
            throw new NotSupportedException("This console was attached for reading.");
        }

        try
        {
            while (buffer.Length > 0)
            {
                buffer = buffer[await socket.SendAsync(buffer, cancellationToken)..];
            }
        }
        catch (SocketException e)
        {
            throw new IOException("The VM has ended.", e);
        }
    }

    /// <summary>Another descriptor of the connection, for another process.</summary>
    public FileDescriptor CopySocket() => FileDescriptor.CopyOf((int)socket.Handle);

    /// <summary>Says that nothing more will be typed.</summary>
    public void EndTyping()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // It is over anyway.
        }
    }

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            socket.Dispose();
        }

        base.Dispose(disposing);
    }

    // The answer is one line. The console follows it directly, and is not to be read here.
    private static async Task<ReadOnlyMemory<byte>?> ReceiveAnswerAsync(
        Socket client,
        CancellationToken cancellationToken
    )
    {
        var buffer = new byte[AnswerLimit];
        for (var length = 0; length < buffer.Length; length++)
        {
            if (await client.ReceiveAsync(buffer.AsMemory(length, 1), cancellationToken) == 0)
            {
                return null;
            }

            if (buffer[length] == (byte)'\n')
            {
                return buffer.AsMemory(0, length);
            }
        }

        return null;
    }

    private static ControlReply Check(ReadOnlyMemory<byte> answer)
    {
        var reply =
            JsonSerializer.Deserialize(answer.Span, ControlJsonContext.Default.ControlReply) ?? new ControlReply();
        return reply.Error is { } error
            ? throw new VmSpawnException(error.ErrorId, VmErrorKind.Busy, error.Message, hint: error.Hint)
            : reply;
    }
}
